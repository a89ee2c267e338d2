/**
 * A person's hands on GitHub: plain REST and GraphQL calls with that person's token.
 *
 * What ana does in `swarm dev` (make the epic, label it, approve, accept) goes through here and not around the API, so
 * that swarm is started and answered exactly as on GitHub.
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

/** How many calls a person made, so that swarm's own can be told apart. */
export interface Tally {
  reads: number;
  writes: number;
}

export class Api {
  readonly #url: string;
  readonly #token: string;
  readonly tally: Tally = { reads: 0, writes: 0 };

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** The answer's JSON. Throws an `ApiError` with GitHub's own message for every status above 299. */
  async get<Answer>(path: string): Promise<Answer> {
    return (await this.#call('GET', path)) as Answer;
  }

  /** The answer as text, as diffs and logs are. */
  async text(path: string, accept: string): Promise<string> {
    const response = await this.#send('GET', path, undefined, accept);
    return response.text();
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    return (await this.#call('POST', path, body)) as Answer;
  }

  async patch<Answer>(path: string, body: unknown): Promise<Answer> {
    return (await this.#call('PATCH', path, body)) as Answer;
  }

  async query<Answer>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer> {
    const response = await this.#send('POST', '/graphql', { query, variables }, 'application/json', 'read');
    const answer = (await response.json()) as { data?: Answer; errors?: readonly { type?: string; message: string }[] };
    // What is not there (yet) is null in the data and NOT_FOUND among the errors.
    const errors = (answer.errors ?? []).filter((error) => error.type !== 'NOT_FOUND');
    if (errors.length > 0 || !answer.data) {
      throw new ApiError(response.status, errors[0]?.message ?? 'The query had no answer.');
    }
    return answer.data;
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
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
    this.tally[kind === 'read' ? 'reads' : 'writes'] += 1;
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
    const said = await response.text();
    throw new ApiError(response.status, `${method} ${path}: ${response.status} ${messageIn(said)}`);
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
