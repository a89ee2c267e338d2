/**
 * The emulator's HTTP server on 127.0.0.1: REST, GraphQL, git and webhooks over one world.
 *
 * Tests fail on two lists: `findings` holds the differences from GitHub's descriptions, and `unimplemented` the requests
 * that the emulator doesn't implement.
 */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerGraphql } from '#emulator/graphql/graphql';
import { type Clock, realClock, timestamp } from '#emulator/model/clock';
import { type Effect, Faults, randomFrom } from '#emulator/model/faults';
import type { Flavour } from '#emulator/model/flavour';
import { Lags } from '#emulator/model/lag';
import { Refusal } from '#emulator/model/refusal';
import { type HttpResponse, refusalResponse, serialize } from '#emulator/model/response';
import { type Finding, Oracle } from '#emulator/oracle/oracle';
import { Rest } from '#emulator/rest/rest';
import type { Credential } from '#emulator/world/auth';
import { type Allowance, createsContent, limitHeaders, RateLimits } from '#emulator/world/rate-limits';
import { Deliveries } from '#emulator/world/webhooks';
import { World } from '#emulator/world/world';
import { isGitPath, serveGit } from './git-http.ts';
import { API_VERSION, refuseBadRequest, VARY } from './request-rules.ts';
import { isResultsPath, serveResults } from './results.ts';

export interface EmulatorOptions {
  /** The default, 0, means any free port. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Seeds the random decisions of faults and of shuffled deliveries. */
  readonly seed?: number;
  /** The directory for the repositories. The default is a temporary directory, removed when the emulator closes. */
  readonly dir?: string;
  /** The GitHub that it is. The default is github.com. */
  readonly flavour?: Flavour | undefined;
}

export interface Emulator {
  readonly url: string;
  readonly world: World;
  readonly clock: Clock;
  /** Differences from GitHub's descriptions. */
  readonly findings: readonly Finding[];
  /** Requests that the emulator doesn't implement, and its own errors. */
  readonly unimplemented: readonly string[];
  readonly faults: Faults;
  readonly lags: Lags;
  readonly limits: RateLimits;
  readonly deliveries: Deliveries;
  /** The number of API and git requests since the start. */
  readonly calls: { readonly reads: number; readonly writes: number };
  close(): Promise<void>;
}

/** Lags and faults do not share their random numbers, so that one of them can be added without changing the other. */
const LAG_SEED = 0x1a6;
const BODY_LIMIT_BYTES = 64 * 1024 * 1024;
const SECONDARY = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
const CONTENT =
  'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.';

/** Starts an emulator on 127.0.0.1 with an empty world. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = options.clock ?? realClock();
  const seed = options.seed ?? 1;
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'emulator-'));
  const world = new World({ clock, dir, flavour: options.flavour });
  const oracle = new Oracle(options.flavour);
  const deliveries = new Deliveries(world, oracle, seed);
  const unkind = { faults: new Faults(seed), lags: new Lags(randomFrom(seed ^ LAG_SEED), () => clock.now()) };
  const handler = new RequestHandler(world, oracle, deliveries, unkind, new RateLimits(clock));
  const server = createServer((request, response) => void handler.serve(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: world.url,
    world,
    clock,
    get findings() {
      oracle.settle();
      return oracle.findings;
    },
    unimplemented: handler.unimplemented,
    faults: handler.faults,
    lags: handler.lags,
    limits: handler.limits,
    deliveries,
    calls: handler.calls,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, deliveries.close()]);
      oracle.settle();
      await world.close();
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}

interface ApiRequest {
  readonly request: IncomingMessage;
  readonly url: URL;
  /** The path without `/api/v3` or `/api`. */
  readonly path: string;
  readonly text: string;
  readonly isGraphql: boolean;
  readonly writes: boolean;
}

class RequestHandler {
  readonly unimplemented: string[] = [];
  readonly calls = { reads: 0, writes: 0 };
  readonly faults: Faults;
  readonly lags: Lags;
  readonly limits: RateLimits;
  readonly #world: World;
  readonly #rest: Rest;
  #requests = 0;

  constructor(
    world: World,
    oracle: Oracle,
    deliveries: Deliveries,
    { faults, lags }: { readonly faults: Faults; readonly lags: Lags },
    limits: RateLimits,
  ) {
    this.#world = world;
    this.faults = faults;
    this.lags = lags;
    this.limits = limits;
    this.#rest = new Rest({ world, oracle, deliveries, limits, unimplemented: this.unimplemented });
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#requests += 1;
    response.setHeader('date', new Date(this.#world.clock.now()).toUTCString());
    response.setHeader('server', 'github.com');
    response.setHeader('x-github-request-id', `EMUL:${this.#requests.toString(16).toUpperCase().padStart(8, '0')}`);
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (isResultsPath(url.pathname)) {
        await serveResults(this.#world, { request, response, url, body: await bodyOf(request) });
      } else if (isGitPath(url.pathname)) await this.#git(request, response, url);
      else await this.#api(request, response, url);
    } catch (error) {
      if (request.destroyed || response.destroyed) return;
      // The emulator's own errors must not be mistaken for GitHub's behaviour.
      this.unimplemented.push(
        `${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`,
      );
      const body = JSON.stringify({ message: 'The emulator failed.' });
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json; charset=utf-8' });
      response.end(body);
    }
  }

  async #git(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const writes = request.method === 'POST' && url.pathname.endsWith('/git-receive-pack');
    this.calls[writes ? 'writes' : 'reads'] += 1;
    const effect = this.faults.strike({ method: request.method ?? 'GET', writes, path: url.pathname, body: '' });
    if (effect && !(await this.#applyFault(effect, response, null))) return;
    if (effect?.kind === 'applied but fails' || effect?.kind === 'applied but dropped') {
      // Git must finish before the response is replaced.
      const whole = response.end.bind(response);
      response.writeHead = () => response;
      response.write = () => true;
      response.end = () => {
        if (effect.kind === 'applied but dropped') response.destroy();
        else whole();
        return response;
      };
      response.statusCode = effect.kind === 'applied but fails' ? effect.status : 200;
    }
    await serveGit(this.#world, request, response);
  }

  async #api(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { version } = this.#world.traits;
    if (version !== undefined) response.setHeader('x-github-enterprise-version', version);
    const path = url.pathname.replace(/^\/api\/v3(?=\/|$)/, '').replace(/^\/api\/graphql$/, '/graphql') || '/';
    const text = (await bodyOf(request)).toString();
    const isGraphql = path === '/graphql' && request.method === 'POST';
    const reads = isGraphql ? !isMutation(text) : request.method === 'GET' || request.method === 'HEAD';
    this.calls[reads ? 'reads' : 'writes'] += 1;
    const call: ApiRequest = { request, url, path, text, isGraphql, writes: !reads };
    const method = request.method ?? 'GET';
    const effect = this.faults.strike({ method, writes: !reads, path, body: text });
    if (effect && !(await this.#applyFault(effect, response, call))) return;
    // On a GHES, everything outside of `/api` is for browsers.
    const isOutside = version !== undefined && !url.pathname.startsWith('/api/');
    const fresh = isOutside ? serialize(refusalResponse(NOT_FOUND), requestOf(request)) : await this.#handle(call);
    const caller = request.headers.authorization ?? '';
    const reply = reads ? this.lags.answer({ caller, method, path, query: url.search, body: text }, fresh) : fresh;
    if (effect?.kind === 'applied but dropped') {
      response.destroy();
      return;
    }
    if (effect?.kind === 'applied but fails') {
      send(
        response,
        serialize(refusalResponse(new Refusal(effect.status, 'Server Error')), requestOf(request)),
        method,
      );
      return;
    }
    send(response, reply, method);
  }

  async #handle(call: ApiRequest): Promise<HttpResponse> {
    const { request, text } = call;
    let credential: Credential;
    try {
      refuseBadRequest(request.headers, (what) => this.unimplemented.push(what));
      credential = this.#world.tokens.credential(request.headers.authorization);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return serialize(refusalResponse(error), requestOf(request));
    }
    return this.#withinLimits(call, credential, () =>
      call.isGraphql ? this.#graphql(credential, request, text) : this.#restCall(call, credential),
    );
  }

  /** Answers a call, unless a secondary limit refuses it. */
  async #withinLimits(
    { request, path, text, isGraphql, writes }: ApiRequest,
    credential: Credential,
    answer: () => Promise<HttpResponse>,
  ): Promise<HttpResponse> {
    const limited = {
      account: this.#world.tokens.account(credential),
      resource: isGraphql ? 'graphql' : 'core',
      writes,
      content: writes && createsContent(request.method ?? 'GET', path, isGraphql ? text : undefined),
    } as const;
    const refusal = this.limits.begin(limited);
    if (refusal) {
      const headers = { 'retry-after': String(refusal.retryAfterSeconds) };
      const message = refusal.limit === 'content' ? CONTENT : SECONDARY;
      return serialize(refusalResponse(new Refusal(403, message, null, headers)), requestOf(request));
    }
    const startedMs = performance.now();
    try {
      return await answer();
    } finally {
      this.limits.end(limited, performance.now() - startedMs);
    }
  }

  async #restCall({ request, url, path, text }: ApiRequest, credential: Credential): Promise<HttpResponse> {
    const method = request.method ?? 'GET';
    // Reading the limit is free. So is a conditional read that returns 304, unless it is anonymous.
    const free = path === '/rate_limit';
    const account = this.#world.tokens.account(credential);
    const allowance = this.limits.spend(account, credential.kind, 'core', free ? 0 : 1);
    if (allowance.over && this.#isLimited) {
      return withHeaders(this.#tooMany(account, requestOf(request)), limitHeaders(allowance));
    }
    const reply = await this.#rest.handle({
      method,
      path,
      fullPath: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      text,
      credential,
    });
    if (reply.status === 304 && credential.kind !== 'anonymous')
      this.limits.giveBack(account, credential.kind, 'core', 1);
    const left = this.limits.left(account, credential.kind, 'core');
    return withHeaders(reply, {
      ...(this.#isLimited && limitHeaders(left)),
      vary: VARY,
      'x-github-api-version-selected': API_VERSION,
      'x-github-media-type': 'github.v3; format=json',
      ...(credential.kind === 'user' && { 'x-oauth-scopes': 'admin:org, repo, workflow' }),
    });
  }

  async #graphql(credential: Credential, request: IncomingMessage, text: string): Promise<HttpResponse> {
    const account = this.#world.tokens.account(credential);
    const before = this.limits.left(account, credential.kind, 'graphql');
    if (before.remaining === 0 && this.#isLimited) {
      // GraphQL responds with 200 here (docs: "Rate limits and query limits for the GraphQL API").
      const errors = [{ type: 'RATE_LIMITED', message: `API rate limit exceeded for ${account}.` }];
      return withHeaders(serialize({ status: 200, body: { errors } }, requestOf(request)), limitHeaders(before));
    }
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return serialize(refusalResponse(new Refusal(400, 'Problems parsing JSON')), requestOf(request));
    }
    const answer = await answerGraphql({
      world: this.#world,
      credential,
      body: typeof body === 'object' && body !== null ? body : {},
      limit: {
        limit: before.limit,
        remaining: before.remaining,
        resetAt: timestamp(before.resetSeconds * 1000),
      },
      unimplemented: (what) => this.unimplemented.push(what),
    });
    const after = this.limits.spend(account, credential.kind, 'graphql', answer.cost);
    return withHeaders(
      serialize({ status: answer.status, body: answer.body }, requestOf(request)),
      this.#isLimited ? limitHeaders(after) : {},
    );
  }

  get #isLimited(): boolean {
    return this.#world.traits.limits === 'on';
  }

  #tooMany(account: string, request: Pick<IncomingMessage, 'method' | 'headers'>): HttpResponse {
    const refusal = new Refusal(403, `API rate limit exceeded for ${account}.`);
    return serialize(refusalResponse(refusal), { method: request.method ?? 'GET', headers: request.headers });
  }

  /** Applies a fault that acts before the call is handled. False if the call ends here. */
  async #applyFault(effect: Effect, response: ServerResponse, call: ApiRequest | null): Promise<boolean> {
    const { method = 'GET' } = call?.request ?? {};
    const refuse = (refusal: Refusal) => {
      send(response, serialize(refusalResponse(refusal), { method, headers: {} }), method);
      return false;
    };
    switch (effect.kind) {
      case 'slow':
        await new Promise<void>((resolve) => {
          this.#world.clock.after(effect.waitMs, resolve);
        });
        return true;
      case 'hangs':
        return false;
      case 'dropped':
        response.destroy();
        return false;
      case 'fails':
        return refuse(new Refusal(effect.status, effect.message ?? 'Server Error'));
      case 'limited': {
        const headers = { 'retry-after': String(effect.retryAfterSeconds) };
        return refuse(new Refusal(effect.status ?? 403, SECONDARY, null, headers));
      }
      case 'exhausted': {
        const left = this.#exhaust(call);
        return refuse(new Refusal(403, 'API rate limit exceeded.', null, left ? limitHeaders(left) : {}));
      }
      default:
        return true;
    }
  }

  #exhaust(call: ApiRequest | null): Allowance | null {
    if (!call) return null;
    const credential = this.#world.tokens.credential(call.request.headers.authorization);
    const account = this.#world.tokens.account(credential);
    const resource = call.isGraphql ? 'graphql' : 'core';
    this.limits.exhaust(account, credential.kind, resource);
    return this.limits.left(account, credential.kind, resource);
  }
}

const NOT_FOUND = new Refusal(404, 'Not Found');

function requestOf(request: IncomingMessage): {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
} {
  return { method: request.method ?? 'GET', headers: request.headers };
}

function withHeaders(reply: HttpResponse, headers: Readonly<Record<string, string>>): HttpResponse {
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

function send(response: ServerResponse, reply: HttpResponse, method: string): void {
  const { status, headers, body } = reply;
  response.writeHead(status, { ...headers, ...(body !== null && { 'content-length': Buffer.byteLength(body) }) });
  response.end(method === 'HEAD' || body === null ? undefined : body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    const bytes = part as Buffer;
    length += bytes.length;
    if (length > BODY_LIMIT_BYTES) throw new Error('The request body is too large.');
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** True if a GraphQL call is a mutation. Decided from the raw text, because faults apply before it is parsed. */
function isMutation(text: string): boolean {
  return /"query"\s*:\s*"(?:\\n|\\t|\\r|\s|#[^"]*?\\n)*mutation\b/.test(text);
}
