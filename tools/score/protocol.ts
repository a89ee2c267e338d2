/**
 * GitHub's protocol as its documentation has it, whatever the operation: pages, conditional requests, errors, limits,
 * headers, media types. Asked over plain HTTP, without anybody's client.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api
 */
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Checks, type Judge, type Verdict } from './judge.ts';
import { NAME, OWNER, openShop, type Shop } from './shop.ts';

const REPO = `/repos/${OWNER}/${NAME}`;

export const protocol: Judge = {
  name: 'protocol',
  about: 'what GitHub’s documentation says about pages, ETags, errors, limits and headers',
  async run(): Promise<Verdict> {
    const shop = await openShop({ clock: 'still', runner: 'none' });
    const client = new Client(shop);
    const checks = new Checks();
    try {
      for (const part of [pages, conditions, headers, errors, mediaTypes, filters, access, sizes, limits]) {
        await part({ shop, checks, client });
      }
      return { kind: 'judged', checks: checks.all, by: 'docs.github.com' };
    } finally {
      client.close();
      await shop.close();
    }
  },
};

interface Hearing {
  readonly shop: Shop;
  readonly checks: Checks;
  readonly client: Client;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Undefined if the answer is not JSON. */
  readonly json: unknown;
}

interface Ask {
  /** Null: signed out. The default is ana's. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly agent?: string | null;
}

class Client {
  readonly #shop: Shop;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 200 });

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  close(): void {
    this.#agent.destroy();
  }

  ask(method: string, path: string, asked: Ask = {}): Promise<Answer> {
    const { token = this.#shop.tokens.ana, agent = 'judge' } = asked;
    const body = asked.body === undefined || typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body);
    const sent = {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(agent !== null && { 'user-agent': agent }),
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      ...asked.headers,
    };
    return new Promise((resolve, reject) => {
      const url = new URL(this.#shop.emulator.url + path);
      const call = httpRequest(url, { method, headers: sent, agent: this.#agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (more: string) => {
          text += more;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: jsonOf(text) }),
        );
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  get(path: string, asked?: Ask): Promise<Answer> {
    return this.ask('GET', path, asked);
  }

  post(path: string, body: unknown, asked: Ask = {}): Promise<Answer> {
    return this.ask('POST', path, { ...asked, body });
  }

  /** How much of the hourly limit is left. Asking is free. */
  async remaining(): Promise<number> {
    const { json } = await this.get('/rate_limit');
    return Number(at(json, 'resources', 'core', 'remaining'));
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value inside of JSON; undefined if it is not there. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let inside = value;
  for (const key of path) {
    inside = typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[key] : undefined;
  }
  return inside;
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : -1);
const shown = ({ status, text }: Answer): string => `${status} ${text}`;

async function pages({ checks, client }: Hearing): Promise<void> {
  for (let count = 0; count < 35; count++) await client.post(`${REPO}/issues`, { title: `Issue ${count}` });
  const { link = '' } = (await client.get(`${REPO}/issues?per_page=10&state=open&page=2`)).headers;
  const rels = [...String(link).matchAll(/rel="(\w+)"/g)].map(([, rel]) => rel).sort();
  checks.note('Link names prev, next, last and first', rels.join() === 'first,last,next,prev', link);
  checks.note(
    'Link keeps the query',
    String(link)
      .split(',')
      .every((one) => one.includes('state=open') && one.includes('per_page=10')),
    link,
  );
  const all = await client.get(`${REPO}/issues`);
  checks.note('a page has 30 items where nothing is said', lengthOf(all.json) === 30, lengthOf(all.json));
  const large = await client.get(`${REPO}/issues?per_page=500`);
  checks.note(
    'per_page is at most 100, and more is not an error',
    large.status === 200 && lengthOf(large.json) === 35,
    shown(large),
  );
  const last = await client.get(`${REPO}/issues?per_page=10&page=4`);
  checks.note(
    'the last page has no next',
    lengthOf(last.json) === 5 && !/rel="next"/.test(String(last.headers.link)),
    last.headers.link,
  );
  const beyond = await client.get(`${REPO}/issues?per_page=10&page=9`);
  checks.note('a page behind the last is empty', beyond.status === 200 && lengthOf(beyond.json) === 0, shown(beyond));
  const zero = await client.get(`${REPO}/issues?page=0`);
  checks.note('page 0 is the first', zero.status === 200 && lengthOf(zero.json) === 30, shown(zero));
}

async function conditions({ checks, client }: Hearing): Promise<void> {
  const before = await client.remaining();
  const first = await client.get(REPO);
  const etag = String(first.headers.etag ?? '');
  const again = await client.get(REPO, { headers: { 'if-none-match': etag } });
  checks.note(
    'a read has an ETag, and is answered with 304 while nothing changes',
    etag !== '' && again.status === 304,
    shown(again),
  );
  checks.note('a 304 has no body', again.text === '', again.text);
  checks.note('a 304 costs nothing', before - (await client.remaining()) === 1, before - (await client.remaining()));
  const stale = await client.get(REPO, { headers: { 'if-none-match': '"another"' } });
  checks.note('another ETag is answered in full', stale.status === 200, stale.status);
  const issue = await client.get(`${REPO}/issues/1`);
  checks.note(
    'Last-Modified on a single object',
    issue.headers['last-modified'] !== undefined,
    Object.keys(issue.headers),
  );
  const since = new Date(Date.parse(String(at(issue.json, 'updated_at'))) + 1_000).toUTCString();
  const unchanged = await client.get(`${REPO}/issues/1`, { headers: { 'if-modified-since': since } });
  checks.note('If-Modified-Since is answered with 304', unchanged.status === 304, unchanged.status);
  const head = await client.ask('HEAD', REPO);
  checks.note(
    'HEAD has the headers of GET, and no body',
    head.status === 200 && head.text === '' && head.headers.etag === first.headers.etag,
    head.headers,
  );
}

async function headers({ checks, client }: Hearing): Promise<void> {
  const { headers: seen } = await client.get(REPO);
  const limits = ['limit', 'remaining', 'used', 'reset', 'resource'];
  checks.note(
    'the five headers of the rate limit',
    limits.every((name) => seen[`x-ratelimit-${name}`] !== undefined),
    seen,
  );
  checks.note('X-GitHub-Request-Id', seen['x-github-request-id'] !== undefined);
  checks.note(
    'X-GitHub-Media-Type',
    seen['x-github-media-type'] === 'github.v3; format=json',
    seen['x-github-media-type'],
  );
  checks.note('X-OAuth-Scopes for a classic token', seen['x-oauth-scopes'] !== undefined);
  checks.note('Vary', /accept/i.test(String(seen.vary)) && /authorization/i.test(String(seen.vary)), seen.vary);
  checks.note(
    'the version is 2022-11-28 where none is asked for',
    seen['x-github-api-version-selected'] === '2022-11-28',
    seen['x-github-api-version-selected'],
  );
  const newer = await client.get(REPO, { headers: { 'x-github-api-version': '2026-03-10' } });
  checks.note(
    'version 2026-03-10 can be asked for',
    newer.headers['x-github-api-version-selected'] === '2026-03-10',
    newer.headers['x-github-api-version-selected'],
  );
  const none = await client.get(REPO, { headers: { 'x-github-api-version': '2099-01-01' } });
  checks.note('a version that does not exist is 400', none.status === 400, none.status);
  const nobody = await client.get(REPO, { agent: null });
  checks.note('a request without a User-Agent is 403', nobody.status === 403, nobody.status);
}

async function errors({ checks, client }: Hearing): Promise<void> {
  const bad = await client.get(REPO, { token: 'ghp_bad' });
  checks.note(
    '401 says Bad credentials, and where to read',
    bad.status === 401 &&
      at(bad.json, 'message') === 'Bad credentials' &&
      at(bad.json, 'documentation_url') !== undefined,
    shown(bad),
  );
  const nothing = await client.get(`${REPO}/issues/9999`);
  checks.note(
    '404 says Not Found, with its status as text',
    at(nothing.json, 'message') === 'Not Found' && at(nothing.json, 'status') === '404',
    shown(nothing),
  );
  const taken = await client.post(`${REPO}/labels`, { name: 'bug' });
  checks.note(
    '422 names resource, field and already_exists',
    taken.status === 422 &&
      at(taken.json, 'message') === 'Validation Failed' &&
      at(taken.json, 'errors', 0, 'code') === 'already_exists' &&
      at(taken.json, 'errors', 0, 'resource') === 'Label',
    shown(taken),
  );
  const untitled = await client.post(`${REPO}/issues`, { body: 'no title' });
  checks.note('a missing parameter is 422', untitled.status === 422, shown(untitled));
  const broken = await client.post(`${REPO}/issues`, '{bad');
  checks.note(
    'broken JSON is 400 Problems parsing JSON',
    broken.status === 400 && at(broken.json, 'message') === 'Problems parsing JSON',
    shown(broken),
  );
  const list = await client.post(`${REPO}/issues`, '"text"');
  checks.note('JSON that is no object is 400', list.status === 400, shown(list));
}

async function mediaTypes({ checks, client }: Hearing): Promise<void> {
  const as = (accept: string) => ({ headers: { accept: `application/vnd.github.${accept}` } });
  const full = await client.get(`${REPO}/issues/1`, as('full+json'));
  checks.note(
    'full+json adds body_html and body_text',
    at(full.json, 'body_html') !== undefined && at(full.json, 'body_text') !== undefined,
    Object.keys((full.json ?? {}) as object),
  );
  const raw = await client.get(`${REPO}/contents/README.md`, as('raw+json'));
  checks.note('raw+json is the file itself', raw.text === '# Shop\n', raw.text);
  const sha = await client.get(`${REPO}/commits/main`, as('sha'));
  checks.note('sha is the id of a commit alone', /^[0-9a-f]{40}$/.test(sha.text), sha.text);
  const diff = await client.get(`${REPO}/commits/main`, as('diff'));
  checks.note('diff is a commit’s patch', diff.text.startsWith('diff --git'), diff.text);
}

async function filters({ checks, client }: Hearing): Promise<void> {
  const many =
    'labels=bug&sort=updated&direction=asc&since=2020-01-01T00:00:00Z&assignee=none&milestone=none&creator=ana&mentioned=bob';
  const listed = await client.get(`${REPO}/issues?${many}`);
  checks.note('all filters of a list at once', listed.status === 200 && lengthOf(listed.json) === 0, shown(listed));
  const anybody = await client.get(`${REPO}/issues?assignee=*`);
  checks.note(
    'assignee=* is whatever is assigned',
    anybody.status === 200 && lengthOf(anybody.json) === 0,
    shown(anybody),
  );
  const milestone = await client.get(`${REPO}/issues?milestone=nosuch`);
  checks.note('a milestone that is no number is 422', milestone.status === 422, milestone.status);
  const state = await client.get(`${REPO}/issues?state=bogus`);
  checks.note('a state that does not exist is 422', state.status === 422, state.status);
}

async function access({ shop, checks, client }: Hearing): Promise<void> {
  const { repository, installation, tokens, emulator } = shop;
  repository.visibility = 'private';
  const hidden = await client.get(REPO, { token: tokens.eve });
  checks.note('a private repository is 404 to those without access', hidden.status === 404, hidden.status);
  repository.visibility = 'public';
  repository.archived = true;
  const archived = await client.post(`${REPO}/issues/1/comments`, { body: 'x' });
  checks.note(
    'an archived repository is read-only',
    archived.status === 403 && /archived/.test(archived.text),
    shown(archived),
  );
  repository.archived = false;
  await client.ask('PUT', `${REPO}/issues/1/lock`, { body: { lock_reason: 'resolved' } });
  const locked = await client.post(`${REPO}/issues/1/comments`, { body: 'x' }, { token: tokens.rita });
  checks.note('a locked issue takes no comment from a reader', locked.status === 403, shown(locked));
  const lock = (await client.get(`${REPO}/issues/1`)).json;
  checks.note(
    'a locked issue says why',
    at(lock, 'locked') === true && at(lock, 'active_lock_reason') === 'resolved',
    at(lock, 'active_lock_reason'),
  );
  const reason = await client.ask('PUT', `${REPO}/issues/2/lock`, { body: { lock_reason: 'bogus' } });
  checks.note('a reason for a lock that does not exist is 422', reason.status === 422, reason.status);
  emulator.world.suspend(installation, 'suspended');
  const suspended = await client.get(`${REPO}/issues`, { token: tokens.app });
  checks.note(
    'a suspended installation is refused',
    suspended.status === 403 && /suspended/.test(suspended.text),
    shown(suspended),
  );
  emulator.world.suspend(installation, 'active');
}

async function sizes({ checks, client }: Hearing): Promise<void> {
  const long = await client.post(`${REPO}/issues/2/comments`, { body: 'x'.repeat(262_145) });
  checks.note('a comment of 262,145 characters is 422', long.status === 422, long.status);
  const label = await client.post(`${REPO}/labels`, { name: 'x'.repeat(51) });
  checks.note('a label of 51 characters is 422', label.status === 422, label.status);
  const added = await client.post(`${REPO}/issues/2/labels`, { labels: ['x'.repeat(60)] });
  checks.note('so is one that is added to an issue', added.status === 422, added.status);
  const comma = await client.post(`${REPO}/issues/2/labels`, { labels: ['a,b'] });
  checks.note('a label may have a comma', comma.status === 200, comma.status);
}

/** Last, because everything else would be refused behind it. */
async function limits({ shop, checks, client }: Hearing): Promise<void> {
  const { unimplemented } = shop.emulator;
  const path = `${REPO}/hooks`;
  await client.get(path);
  checks.note(
    'what is not modelled is noted',
    unimplemented.some((one) => one.includes(path)),
    unimplemented,
  );
  const signedOut: Answer[] = [];
  for (let count = 0; count < 62; count++) signedOut.push(await client.get(REPO, { token: null }));
  const statuses = signedOut.map(({ status }) => status);
  checks.note(
    '60 requests an hour when signed out',
    statuses.slice(0, 60).every((one) => one === 200) && statuses.slice(60).every((one) => one === 403),
    statuses.slice(57),
  );
  const over = signedOut.at(-1);
  checks.note(
    'over the limit: 403, the message, nothing remaining',
    /API rate limit exceeded/.test(over?.text ?? '') && over?.headers['x-ratelimit-remaining'] === '0',
    over?.text,
  );
  checks.note(
    'over the hourly limit there is no Retry-After',
    over?.status === 403 && over.headers['retry-after'] === undefined,
    over?.headers,
  );
  const at160 = await Promise.all(Array.from({ length: 160 }, () => client.get(`${REPO}/commits`)));
  checks.note(
    'more than 100 requests at once are limited',
    at160.some(({ status }) => status === 403 || status === 429),
    [...new Set(at160.map(({ status }) => status))],
  );
  const written: number[] = [];
  for (let count = 0; count < 100; count++) {
    written.push((await client.post(`${REPO}/issues/3/comments`, { body: `c${count}` })).status);
  }
  checks.note(
    'more than 80 new pieces of content in a minute are limited',
    written.some((status) => status === 403 || status === 429),
    [...new Set(written)],
  );
}
