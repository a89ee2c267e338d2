/**
 * Plain REST and GraphQL calls with a person's token.
 *
 * Everything that ana does in `swarm dev` (create the epic, label it, approve, accept) goes through the API, so swarm is
 * started and answered exactly as on GitHub.
 */

import { readOn } from '#github/lists';

export interface Repo {
  readonly owner: string;
  readonly name: string;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Ref {
  readonly ref: string;
  readonly object: { readonly sha: string };
}

/** The number of calls that a person made, to be subtracted from swarm's. */
export interface CallCount {
  reads: number;
  writes: number;
}

export class Api {
  readonly #url: string;
  readonly #token: string;
  readonly calls: CallCount = { reads: 0, writes: 0 };

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** The answer's JSON. Throws an `ApiError` with GitHub's message for every status above 299. */
  async get<Answer>(path: string): Promise<Answer> {
    return (await this.#json('GET', path)) as Answer;
  }

  /**
   * All pages of a list, in pages as large as GitHub allows.
   *
   * @param key the list in an answer that is an object: `check_runs`
   */
  async list<Item>(path: string, key?: string): Promise<readonly Item[]> {
    const items: Item[] = [];
    let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}per_page=100`;
    for (let page = 1; next !== undefined; page++) {
      if (page > MAX_PAGES) throw new ApiError(200, `GET ${path}: more than ${items.length} items`);
      const response: Response = await this.#send('GET', next, undefined, 'application/vnd.github+json');
      const answer = (await response.json()) as Record<string, Item[]> | Item[];
      items.push(...(Array.isArray(answer) ? answer : (answer[key ?? ''] ?? [])));
      next = nextPage(response.headers.get('link'), this.#url);
    }
    return items;
  }

  /** The commit of a ref; undefined if there is none. GitHub's list of refs has no pages. */
  async head({ owner, name }: Repo, ref: string): Promise<string | undefined> {
    const refs = (await this.#json('GET', `/repos/${owner}/${name}/git/matching-${ref}`)) as readonly Ref[];
    return refs.find((each) => each.ref === ref)?.object.sha;
  }

  /** The answer as text, for diffs and logs. */
  async text(path: string, accept: string): Promise<string> {
    const response = await this.#send('GET', path, undefined, accept);
    return response.text();
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    return (await this.#json('POST', path, body)) as Answer;
  }

  async patch<Answer>(path: string, body: unknown): Promise<Answer> {
    return (await this.#json('PATCH', path, body)) as Answer;
  }

  /** A query, with its lists read to their end. */
  async query<Answer>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer> {
    const ask = <Part>(text: string, more: Readonly<Record<string, unknown>>) => this.#query<Part>(text, more);
    return readOn(await ask<Answer>(query, variables), ask);
  }

  async #query<Answer>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer> {
    const response = await this.#send('POST', '/graphql', { query, variables }, 'application/json', 'read');
    const answer = (await response.json()) as { data?: Answer; errors?: readonly { type?: string; message: string }[] };
    // An object that does not exist (yet) is null in the data and NOT_FOUND in the errors.
    const errors = (answer.errors ?? []).filter((error) => error.type !== 'NOT_FOUND');
    if (errors.length > 0 || !answer.data) {
      throw new ApiError(response.status, errors[0]?.message ?? 'The query had no answer.');
    }
    return answer.data;
  }

  async #json(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await this.#send(method, path, body, 'application/vnd.github+json');
    return response.status === 204 ? undefined : await response.json();
  }

  async #send(
    method: string,
    path: string,
    body: unknown,
    accept: string,
    kind: 'read' | 'write' = method === 'GET' ? 'read' : 'write',
  ): Promise<Response> {
    this.calls[kind === 'read' ? 'reads' : 'writes'] += 1;
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        accept,
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const text = await response.text();
    throw new ApiError(response.status, `${method} ${path}: ${response.status} ${messageIn(text)}`);
  }
}

/** The path of the next page, in the `Link` header of this one. */
function nextPage(link: string | null, url: string): string | undefined {
  const next = /<([^>]+)>; rel="next"/.exec(link ?? '')?.[1];
  if (next !== undefined && !next.startsWith(url)) throw new ApiError(200, 'The next page is on another host.');
  return next?.slice(url.length);
}

/** The most pages of one list. */
const MAX_PAGES = 100;

function messageIn(body: string): string {
  try {
    const { message, errors } = JSON.parse(body) as { message?: string; errors?: unknown };
    return [message, errors === undefined ? '' : JSON.stringify(errors)].filter(Boolean).join(' ');
  } catch {
    return body.slice(0, 200);
  }
}

export const inRepo = (repo: Repo): string => `/repos/${repo.owner}/${repo.name}`;
