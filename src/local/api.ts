/**
 * Plain REST and GraphQL calls with a person's token.
 *
 * Everything that ana does in `swarm dev` (create the epic, label it, approve, accept) goes through the API, so swarm is
 * started and answered exactly as on GitHub.
 */

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

  async query<Answer>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer> {
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

function messageIn(body: string): string {
  try {
    const { message, errors } = JSON.parse(body) as { message?: string; errors?: unknown };
    return [message, errors === undefined ? '' : JSON.stringify(errors)].filter(Boolean).join(' ');
  } catch {
    return body.slice(0, 200);
  }
}

export const inRepo = (repo: Repo): string => `/repos/${repo.owner}/${repo.name}`;
