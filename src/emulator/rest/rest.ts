/**
 * The REST API: finds the route, checks permissions, calls the handler, and lets the oracle check request and response.
 */

import { Refusal } from '#emulator/model/refusal';
import { type HttpResponse, type RestResponse, refusalResponse, serialize } from '#emulator/model/response';
import type { Oracle } from '#emulator/oracle/oracle';
import type { Credential } from '#emulator/world/auth';
import type { RateLimits } from '#emulator/world/rate-limits';
import type { Deliveries } from '#emulator/world/webhooks';
import type { World } from '#emulator/world/world';
import { actionRoutes, logText } from './actions.ts';
import { appRoutes } from './apps.ts';
import { checkRoutes } from './checks.ts';
import { contentRoutes } from './contents.ts';
import { gitRoutes } from './git.ts';
import { issueRoutes } from './issues.ts';
import { pullRoutes } from './pulls.ts';
import { releaseRoutes } from './releases.ts';
import { repoRoutes } from './repos.ts';
import { ApiCall, type Route } from './route.ts';
import { Router } from './router.ts';
import { ruleRoutes } from './rules.ts';
import { runLogRoutes, runLogsAt } from './run-logs.ts';
import { searchRoutes } from './search.ts';
import { secretRoutes } from './secrets.ts';

/** All operations of GitHub's REST API that the emulator implements. */
export const routes: readonly Route[] = [
  ...repoRoutes,
  ...ruleRoutes,
  ...issueRoutes,
  ...pullRoutes,
  ...gitRoutes,
  ...contentRoutes,
  ...checkRoutes,
  ...actionRoutes,
  ...appRoutes,
  ...releaseRoutes,
  ...runLogRoutes,
  ...searchRoutes,
  ...secretRoutes,
];

export interface RestRequest {
  readonly method: string;
  /** The path, still encoded, without `/api/v3`. */
  readonly path: string;
  /** The path with `/api/v3`, if the request has it. */
  readonly fullPath: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as text. */
  readonly text: string;
  readonly credential: Credential;
}

let router: Router | undefined;

/** Shared by all emulators of a process. Built on first use, so that tools/oracle.ts can import an outdated route list. */
function sharedRouter(): Router {
  router ??= new Router(routes);
  return router;
}

export class Rest {
  readonly #world: World;
  readonly #oracle: Oracle;
  readonly #deliveries: Deliveries;
  readonly #limits: RateLimits;
  readonly #unimplemented: string[];
  readonly #router = sharedRouter();

  constructor(parts: {
    readonly world: World;
    readonly oracle: Oracle;
    readonly deliveries: Deliveries;
    readonly limits: RateLimits;
    /** The list to add unimplemented operations to. */
    readonly unimplemented: string[];
  }) {
    this.#world = parts.world;
    this.#oracle = parts.oracle;
    this.#deliveries = parts.deliveries;
    this.#limits = parts.limits;
    this.#unimplemented = parts.unimplemented;
  }

  async handle(asked: RestRequest): Promise<HttpResponse> {
    const redirect = this.#redirected(asked);
    if (redirect) return serialize(refusalResponse(redirect), asked);
    const request = { ...asked, path: this.#byName(asked.path) };
    const log = request.method === 'GET' ? logText(this.#world, request.path) : null;
    if (log !== null) return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: log };
    const logs = request.method === 'GET' ? runLogsAt(this.#world, request.path) : null;
    if (logs !== null) return { status: 200, headers: { 'content-type': 'application/zip' }, body: logs };
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const match = this.#router.find(method, request.path);
    if (match && this.#oracle.lacks({ method, path: match.path })) {
      return serialize(refusalResponse(new Refusal(404, 'Not Found')), request);
    }
    if (!match?.route) {
      this.#unimplemented.push(`${request.method} ${request.path}`);
      return serialize(refusalResponse(new Refusal(404, 'Not Found')), request);
    }
    const { route } = match;
    let response: RestResponse;
    let call: ApiCall | undefined;
    try {
      call = new ApiCall({
        world: this.#world,
        credential: request.credential,
        deliveries: this.#deliveries,
        limits: this.#limits,
        method: request.method,
        path: request.fullPath,
        params: decoded(match.params),
        query: request.query,
        body: bodyOf(request),
        accept: String(request.headers.accept ?? ''),
      });
      this.#authorize(route, call);
      this.#refuseUnknown(route, call);
      response = await route.handle(call);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      response = refusalResponse(error);
    }
    if (call) this.#oracle.checkCall(route, { query: request.query, body: call.body, response });
    return serialize(response, request);
  }

  /** As on GitHub, a call by a repository's former name is sent on to its id. */
  #redirected({ method, path, fullPath, query, credential }: RestRequest): Refusal | undefined {
    const [, owner = '', name = '', rest = ''] = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/.exec(path) ?? [];
    const repository = this.#world.formerly(owner, name);
    if (!repository || !this.#world.tokens.sees(credential, repository)) return undefined;
    const start = `${this.#world.url}${fullPath.slice(0, fullPath.length - path.length)}`;
    const search = query.size > 0 ? `?${query}` : '';
    const location = `${start}/repositories/${repository.id}${rest}${search}`;
    return new Refusal(method === 'GET' ? 301 : 307, 'Moved Permanently', null, { location });
  }

  /** The path of a call by a repository's id, by its name. */
  #byName(path: string): string {
    const [, id, rest = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
    const repository = this.#world.repositoryById(Number(id));
    return repository ? `/repos/${repository.owner.login}/${repository.name}${rest}` : path;
  }

  /** A GHES refuses fields that github.com has got meanwhile. */
  #refuseUnknown(route: Route, { body }: ApiCall): void {
    if (this.#world.flavour === 'github.com') return;
    const [unknown] = this.#oracle.unknownFields(route, body);
    if (unknown !== undefined) throw new Refusal(400, `Invalid request.\n\n"${unknown}" is not a permitted key.`);
  }

  /** Throws if the caller may not use the route. A hidden repository gives 404 before any other check. */
  #authorize(route: Route, call: ApiCall): void {
    const { needs } = route;
    const { credential } = call;
    if (needs === 'anyone') return;
    if (needs === 'app') {
      if (credential.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded');
      return;
    }
    if (credential.kind === 'app') throw new Refusal(401, 'Bad credentials');
    if (needs === 'signed in') {
      if (credential.kind === 'anonymous') throw new Refusal(401, 'Requires authentication');
      return;
    }
    if (needs === 'installation') {
      if (credential.kind === 'installation' || credential.kind === 'job') return;
      throw new Refusal(
        403,
        'You must authenticate with an installation access token in order to list repositories for an installation.',
      );
    }
    const { repository } = call;
    if (route.method !== 'GET' && credential.kind === 'anonymous') throw new Refusal(401, 'Requires authentication');
    if (route.method !== 'GET' && repository.archived) {
      throw new Refusal(403, 'Repository was archived so is read-only.');
    }
    this.#world.tokens.require(credential, repository, ...(typeof needs === 'function' ? needs(call) : needs));
  }
}

function decoded(params: Readonly<Record<string, string>>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    throw new Refusal(400, 'Bad Request');
  }
}

function bodyOf(request: RestRequest): Readonly<Record<string, unknown>> {
  if (request.text.trim() === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(request.text);
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
  if (Array.isArray(body)) {
    // Labels may be sent as a plain array.
    return { labels: body };
  }
  if (typeof body !== 'object' || body === null) throw new Refusal(400, 'Body should be a JSON object');
  return body as Record<string, unknown>;
}
