/**
 * The only file that knows Octokit.
 *
 * Reads are retried, writes never: a write that failed may still have happened, and only a fresh look at GitHub can tell.
 * (GitHub's own clients send a failed merge four times.) This file does not wait for rate limits either. They become a
 * `GitHubUnavailable` with the time to wait, so that the caller's clock decides.
 */
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import githubAppJwt from 'universal-github-app-jwt';
import { type Instant, instant, type RepositoryName } from '#core/model/epic';
import type { ListKind } from '#core/model/problem/faults';
import { type Limit, Limiter } from './limiter.ts';
import { ListTooLong, type ReadOptions, readOn } from './lists.ts';
import { Revalidation } from './revalidate.ts';

const SwarmOctokit = Octokit.plugin(paginateRest, retry).defaults({
  userAgent: 'swarm',
  // Few and quick, because the sweep retries later anyway. A limit is waited out, which the caller decides.
  retry: { retries: 2, retryAfterBaseValue: 250, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
});

export interface Client {
  /** Octokit's typed `request`: `client.request('GET /repos/{owner}/{repo}', {…})`. */
  readonly request: Octokit['request'];
  /** All pages of a list, up to `MAX_REST_PAGES`. @throws ListTooLong beyond. */
  readonly paginate: InstanceType<typeof SwarmOctokit>['paginate'];
  /** A query, with its lists read to their end (`lists.ts`); retried when GitHub fails. */
  query<Answer>(text: string, variables: Record<string, unknown>, options?: ReadOptions): Promise<Answer>;
  /** Like `query`, but an object that does not exist (or is not visible) is null in the answer instead of an error. */
  queryWithNulls<Answer>(text: string, variables: Record<string, unknown>, options?: ReadOptions): Promise<Answer>;
  /** A mutation; sent once. */
  mutate<Answer>(text: string, variables: Record<string, unknown>): Promise<Answer>;
  /**
   * The rights of an app's installation, such as `contents: write`; undefined for any other token.
   * @param fresh asks GitHub again, at most every five minutes: an owner may have granted more since the token was made.
   */
  permissions(fresh?: boolean): Promise<Permissions | undefined>;
  /**
   * Several mutations in one call, sent once. GitHub performs them in their order, and one that is refused stops none of the
   * others.
   * @returns how each ended. @throws GitHubUnavailable or GitHubRefused if the call as a whole failed.
   */
  mutateEach(mutations: readonly Mutation[]): Promise<readonly Mutated[]>;
  /** The `Date` of the latest answer: the only clock that swarm trusts. */
  now(): Instant;
}

export type Permissions = Readonly<Record<string, string>>;

/** A field of GraphQL's `Mutation`, with its input. The type of the input has the field's name. */
export interface Mutation {
  readonly field: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The part of the answer that is needed. */
  readonly select?: string;
}

export type Mutated =
  | { readonly kind: 'done'; readonly answer: unknown }
  | { readonly kind: 'refused'; readonly error: GitHubRefused };

/** GitHub did not answer, answered with its own failure, asked to come back later, or is closed to Swarm by a person. */
export class GitHubUnavailable extends Error {
  override readonly name = 'GitHubUnavailable';
  readonly status: number | undefined;
  /** Milliseconds to wait before the next call: as GitHub asked, or a guess. */
  readonly waitMs: number;
  /** True if the call may have had its effect anyway. */
  readonly mayHaveHappened: boolean;
  /** Set if a rate limit is the reason. */
  readonly limit: Limit['on'] | undefined;

  constructor(
    message: string,
    status: number | undefined,
    waitMs: number,
    mayHaveHappened: boolean,
    limit?: Limit['on'],
  ) {
    super(message);
    this.status = status;
    this.waitMs = waitMs;
    this.mayHaveHappened = mayHaveHappened;
    this.limit = limit;
  }
}

/** GitHub understood the call and refused it. */
export class GitHubRefused extends Error {
  override readonly name = 'GitHubRefused';
  readonly status: number;
  /** The missing permission, if GitHub names it. */
  readonly acceptedPermissions: string | undefined;

  constructor(message: string, status: number, acceptedPermissions?: string) {
    super(message);
    this.status = status;
    this.acceptedPermissions = acceptedPermissions;
  }
}

export interface Endpoint {
  /** `https://api.github.com`, or `https://HOST/api/v3` on GHES. */
  readonly apiUrl: string;
  /** The time in milliseconds, by the caller's clock. The app's tokens are dated and renewed by it. Default: this machine's. */
  readonly now?: () => number;
  /** The time in milliseconds that GitHub has for an answer, retries included. Default: `ANSWER_MS`. */
  readonly answerMs?: number;
}

export const ANSWER_MS = 30_000;

export const DEFAULT_API_URL = 'https://api.github.com';

/** GHES serves REST below `/api/v3` and GraphQL at `/api/graphql`; Octokit derives the second from the first. */
export function makeClient(options: Endpoint & { readonly token: string }): Client {
  return wrap(new SwarmOctokit({ baseUrl: options.apiUrl, auth: options.token }), options);
}

export interface AppCredentials extends Endpoint {
  readonly appId: string;
  readonly privateKey: string;
}

/** A client that acts as the app's installation; it renews its own hourly token. */
export function makeInstallationClient(options: AppCredentials & { readonly installationId: number }): Client {
  return makeClientOfApp(options, { installationId: options.installationId });
}

/** A client that acts as the app itself (its JWT): installations, webhook deliveries. */
export function makeAppClient(options: AppCredentials): Client {
  return makeClientOfApp(options, {});
}

/**
 * Left alone, the library dates its JWTs and forgets its tokens by this machine's `Date`. Both are ours to decide, so that
 * the caller's clock is the only one.
 */
function makeClientOfApp(options: AppCredentials, as: { readonly installationId?: number }): Client {
  const { apiUrl, appId, privateKey, now = Date.now } = options;
  const createJwt = async (id: string | number, skewSeconds = 0) => {
    const { token, expiration } = await githubAppJwt({
      id,
      privateKey,
      now: Math.floor(now() / 1000) + skewSeconds,
    });
    return { jwt: token, expiresAt: new Date(expiration * 1000).toISOString() };
  };
  const auth = { appId, createJwt, cache: tokenCache(now), ...as };
  const octokit = new SwarmOctokit({ baseUrl: apiUrl, authStrategy: createAppAuth, auth });
  if (as.installationId === undefined) return wrap(octokit, options);
  let askedAt = 0;
  const permissions = async (fresh = false): Promise<Permissions> => {
    // Looks follow each other every minute while a right is missing.
    const refresh = fresh && now() - askedAt >= RIGHTS_MS;
    if (refresh) askedAt = now();
    const found = (await octokit.auth({ type: 'installation', refresh })) as { readonly permissions: Permissions };
    return found.permissions;
  };
  return { ...wrap(octokit, options), permissions };
}

/** How long the rights of an installation are believed while one of them is missing. */
const RIGHTS_MS = 5 * 60_000;

/** A minute less than GitHub honours an installation's token, so that none expires on its way. */
const TOKEN_MS = 59 * 60_000;

function tokenCache(now: () => number) {
  const tokens = new Map<string, { readonly token: string; readonly endsAt: number }>();
  return {
    get: (key: string): string => {
      const found = tokens.get(key);
      return found && found.endsAt > now() ? found.token : '';
    },
    set: (key: string, token: string): void => {
      tokens.set(key, { token, endsAt: now() + TOKEN_MS });
    },
  };
}

function wrap(octokit: InstanceType<typeof SwarmOctokit>, { now = Date.now, answerMs = ANSWER_MS }: Endpoint): Client {
  let seenAt = instant(now());
  const noteDate = (headers: { date?: string | undefined } | undefined): void => {
    const date = Date.parse(headers?.date ?? '');
    if (!Number.isNaN(date)) seenAt = instant(date);
  };

  const limiter = new Limiter(now);
  const limited = <Answer>(budget: 'rest' | 'graphql', call: () => Promise<Answer>): Promise<Answer> =>
    limiter.run(budget, { call, limitIn, refused });

  const answers = new Revalidation();
  octokit.hook.wrap('request', async (request, options) => {
    // A page's mark does not cover the next page.
    const { url } = octokit.request.endpoint(options);
    if (options.method !== 'GET' || /[?&]per_page=/.test(url)) return request(options);
    const answer = await answers.run(url, async (etag) => {
      // The hooks inside of this one see these options, and no copy of them.
      if (etag !== undefined) options.headers['if-none-match'] = etag;
      try {
        return await request(options);
      } catch (error) {
        const { status, response } = error as { status?: number; response?: { headers: Record<string, string> } };
        if (status !== 304 || !response) throw error;
        return { unchanged: true, headers: response.headers };
      }
    });
    return answer as Awaited<ReturnType<typeof request>>;
  });
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = '2022-11-28';
    const reads = options.method === 'GET' || options.method === 'HEAD' || options.request?.reads === true;
    const signal = AbortSignal.timeout(answerMs);
    options.request = { ...options.request, signal, ...(reads ? {} : { retries: 0 }) };
  });
  octokit.hook.after('request', (response) => noteDate(response.headers));
  octokit.hook.error('request', (error, options) => {
    noteDate((error as { response?: { headers?: { date?: string } } }).response?.headers);
    throw explain(error, options.method !== 'GET' && options.method !== 'HEAD');
  });
  // Outermost, so that it sees how a call ended. A query is limited where its answer is read, because GitHub tells of a limit
  // in an answer that has succeeded. A call as the app itself has a budget of its own, and a call of REST may wait for its token.
  octokit.hook.wrap('request', (request, options) =>
    isOutside(options.url) ? request(options) : limited('rest', async () => request(options)),
  );

  const graphql = <Answer>(text: string, variables: Record<string, unknown>, reads: boolean) =>
    limited('graphql', async () => {
      try {
        return await octokit.graphql<Answer>(text, { ...variables, request: { reads } });
      } catch (error) {
        throw explainGraphql(error);
      }
    });

  const graphqlWithNulls = <Answer>(text: string, variables: Record<string, unknown>) =>
    limited('graphql', async () => {
      try {
        return await octokit.graphql<Answer>(text, { ...variables, request: { reads: true } });
      } catch (error) {
        const { data, errors = [] } = error as { data?: Answer; errors?: GraphqlError[] };
        if (data && errors.length > 0 && errors.every(isOnlyUnseen)) return data;
        throw explainGraphql(error);
      }
    });

  const mutateEach = (mutations: readonly Mutation[]): Promise<readonly Mutated[]> =>
    limited('graphql', async () => {
      const { text, variables } = asOneCall(mutations);
      const ended = (answers: Readonly<Record<string, unknown>>, refused: ReadonlyMap<string, GitHubRefused>) =>
        mutations.map((_, at): Mutated => {
          const error = refused.get(aliasOf(at));
          return error ? { kind: 'refused', error } : { kind: 'done', answer: answers[aliasOf(at)] };
        });
      try {
        const request = { reads: false };
        return ended(await octokit.graphql<Record<string, unknown>>(text, { ...variables, request }), new Map());
      } catch (error) {
        const { data, errors = [] } = error as { data?: Record<string, unknown>; errors?: GraphqlError[] };
        const explained = explainGraphql(error);
        const refused = errors.flatMap(({ path: [alias] = [], ...one }) =>
          typeof alias === 'string' ? [[alias, new GitHubRefused(one.message ?? '', statusOf([one]))] as const] : [],
        );
        // An error that names no mutation is one of the whole call.
        if (!data || !(explained instanceof GitHubRefused) || refused.length < errors.length) throw explained;
        return ended(data, new Map(refused));
      }
    });

  return {
    request: octokit.request,
    paginate: boundedPages(octokit),
    query: async <Answer>(text: string, variables: Record<string, unknown>, options?: ReadOptions) =>
      readOn(await graphql<Answer>(text, variables, true), graphqlWithNulls, options),
    queryWithNulls: async <Answer>(text: string, variables: Record<string, unknown>, options?: ReadOptions) =>
      readOn(await graphqlWithNulls<Answer>(text, variables), graphqlWithNulls, options),
    mutate: (text, variables) => graphql(text, variables, false),
    permissions: async () => undefined,
    mutateEach,
    now: () => seenAt,
  };
}

const aliasOf = (at: number): string => `act${at}`;

function asOneCall(mutations: readonly Mutation[]): {
  readonly text: string;
  readonly variables: Record<string, unknown>;
} {
  const declared = mutations.map(
    ({ field }, at) => `$${aliasOf(at)}: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`,
  );
  const fields = mutations.map(
    ({ field, select = 'clientMutationId' }, at) => `${aliasOf(at)}: ${field}(input: $${aliasOf(at)}) { ${select} }`,
  );
  return {
    text: `mutation SwarmActs(${declared.join(', ')}) {\n  ${fields.join('\n  ')}\n}`,
    variables: Object.fromEntries(mutations.map(({ input }, at) => [aliasOf(at), input])),
  };
}

/** True for a call that the limit of REST does not hold. On GHES, the URL of GraphQL is a whole one. */
const isOutside = (url: string): boolean => url.endsWith('/graphql') || /^\/app(?:\/|$)/.test(url);

/** The most pages of one list of REST: 10,000 items. */
export const MAX_REST_PAGES = 100;

/** Octokit's `paginate`, in pages as large as GitHub allows, and with an end. */
function boundedPages(octokit: InstanceType<typeof SwarmOctokit>): Client['paginate'] {
  type Page = { readonly data: unknown[]; readonly headers: { readonly date?: string; readonly link?: string } };
  type Map = (page: Page, done: () => void) => unknown[];
  type Pages = (route: string, parameters?: object, map?: Map) => Promise<unknown[]>;
  const all = octokit.paginate as unknown as Pages;
  const bounded: Pages = (route, parameters, map = ({ data }) => data) => {
    let pages = 0;
    let isDone = false;
    return all(route, { per_page: 100, ...parameters }, (page, done) => {
      // Octokit takes a conflict for the end of the list. Only a page that it made up has no headers.
      if (Object.keys(page.headers).length === 0) throw new GitHubRefused(`${route} was refused.`, 409);
      pages += 1;
      const items = map(page, () => {
        isDone = true;
        done();
      });
      if (pages >= MAX_REST_PAGES && !isDone && page.headers.link?.includes('rel="next"')) {
        throw new ListTooLong({
          kind: LISTS[route.split('/').at(-1) ?? ''] ?? 'entries',
          of: undefined,
          read: pages * 100,
        });
      }
      return items;
    });
  };
  return Object.assign(bounded, { iterator: octokit.paginate.iterator }) as unknown as Client['paginate'];
}

const LISTS: Readonly<Record<string, ListKind>> = {
  'check-runs': 'checks',
  installations: 'installations',
  issues: 'issues',
  jobs: 'jobs',
  repositories: 'repositories',
  runs: 'workflow runs',
};

interface GraphqlError {
  readonly type?: string;
  readonly message?: string;
  readonly path?: readonly (string | number)[];
}

/**
 * True for an object that does not exist, or that is in another repository and not visible. The rest of the answer is
 * still valid. Fields about other repositories have an alias that starts with `elsewhere`.
 */
const isOnlyUnseen = ({ type, path = [] }: GraphqlError): boolean =>
  type === 'NOT_FOUND' ||
  (type === 'FORBIDDEN' && (String(path[0]).startsWith('elsewhere') || path.includes('blockedBy')));

interface FailedRequest {
  readonly status?: number;
  readonly message: string;
  readonly response?: { readonly headers?: Record<string, string | undefined> };
}

/**
 * Primary and secondary rate limits come as 403 or 429. The headers say which one it is and how long to wait.
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
function explain(error: unknown, writes: boolean): unknown {
  if (error instanceof GitHubUnavailable || error instanceof GitHubRefused) return error;
  if (!isFailedRequest(error)) return error;
  const headers = error.response?.headers ?? {};
  const status = error.status ?? 0;
  const isLimited =
    (status === 403 || status === 429) &&
    (headers['retry-after'] !== undefined ||
      headers['x-ratelimit-remaining'] === '0' ||
      /rate limit/i.test(error.message));
  if (isLimited) return new GitHubUnavailable(error.message, status, limitWaitMs(headers), false, limitOn(headers));
  if (status === 403 && CLOSED.test(error.message)) {
    return new GitHubUnavailable(error.message, status, CLOSED_MS, false);
  }
  if (status === 0 || !error.response) {
    return new GitHubUnavailable(`No answer from GitHub: ${error.message}`, undefined, 5_000, writes);
  }
  if (status >= 500 || status === 408) return new GitHubUnavailable(error.message, status, 5_000, writes);
  return new GitHubRefused(error.message, status, headers['x-accepted-github-permissions']);
}

/** A person closed the door and may open it again: the repository is archived, or the app's installation is suspended. */
const CLOSED = /installation has been suspended|archived so is read-only/i;
const CLOSED_MS = 5 * 60_000;

const isFailedRequest = (error: unknown): error is FailedRequest =>
  error instanceof Error && (error.name === 'HttpError' || 'status' in error);

function limitWaitMs(headers: Record<string, string | undefined>): number {
  const seconds = Number(headers['retry-after']);
  if (Number.isFinite(seconds) && seconds > 0) return seconds * 1000;
  const reset = Number(headers['x-ratelimit-reset']);
  const now = Date.parse(headers.date ?? '');
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset) && !Number.isNaN(now)) {
    return Math.max(1_000, reset * 1000 - now);
  }
  return 60_000;
}

/** A budget that is spent says so. Any other limit is a secondary one. */
const limitOn = (headers: Record<string, string | undefined>): Limit['on'] =>
  headers['x-ratelimit-remaining'] === '0' && headers['retry-after'] === undefined ? 'its budget' : 'everything';

const limitIn = (error: unknown): Limit | undefined =>
  error instanceof GitHubUnavailable && error.limit
    ? { message: error.message, waitMs: error.waitMs, on: error.limit }
    : undefined;

/** A call that was not made. */
const refused = (message: string, waitMs: number): GitHubUnavailable =>
  new GitHubUnavailable(message, 429, waitMs, false, 'its budget');

/** GraphQL reports failures with HTTP 200; a rate limit is an error of type RATE_LIMITED. */
function explainGraphql(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'GraphqlResponseError') return error;
  const { errors = [], headers = {} } = error as Error & {
    errors?: { type?: string; message: string }[];
    headers?: Record<string, string | undefined>;
  };
  if (errors.some(({ type, message }) => type === 'RATE_LIMITED' || /rate limit/i.test(message))) {
    return new GitHubUnavailable(error.message, 200, limitWaitMs(headers), false, limitOn(headers));
  }
  if (errors.some(({ message }) => /something went wrong|timedout|timeout/i.test(message))) {
    return new GitHubUnavailable(error.message, 200, 5_000, true);
  }
  if (errors.some(({ message }) => CLOSED.test(message))) {
    return new GitHubUnavailable(error.message, 403, CLOSED_MS, false);
  }
  return new GitHubRefused(error.message, statusOf(errors));
}

/** The status that REST would answer with. */
const statusOf = (errors: readonly Pick<GraphqlError, 'type'>[]): number =>
  errors.some(({ type }) => type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES')
    ? 403
    : errors.some(({ type }) => type === 'NOT_FOUND')
      ? 404
      : 422;

export const inRepository = (repository: RepositoryName) => ({ owner: repository.owner, repo: repository.name });
