/** People and their permissions, read from GitHub at the moment of acting (SPEC R11.6). */

import type { RepositoryName } from '#core/model/epic';
import type { Permission, Person, Speaker } from '#core/model/people';
import { type Client, GitHubRefused, inRepository } from './client.ts';
import type * as queries from './queries.ts';

/** Looks up each person once per pass, when they are needed. */
export class People {
  readonly #client: Client;
  readonly #repository: RepositoryName;
  readonly #known = new Map<string, Promise<{ readonly id: number; readonly permission: Permission }>>();

  constructor(client: Client, repository: RepositoryName) {
    this.#client = client;
    this.#repository = repository;
  }

  /** @param own true for swarm itself, known from `viewerDidAuthor`; its permission is not looked up. */
  async person(author: queries.ActorAnswer | null, own = false): Promise<Person> {
    // GitHub returns no author for a deleted account.
    if (!author) return { id: 0, login: 'ghost', kind: 'person', permission: 'none' };
    const kind = author.__typename === 'User' ? 'person' : 'bot';
    const id = author.databaseId ?? 0;
    if (own) return { id, login: author.login, kind, permission: 'write' };
    if (kind === 'bot') return { id, login: author.login, kind, permission: 'none' };
    const known = await this.#permission(author.login);
    // A login can be taken over by another account between two answers; a numeric id cannot.
    return { id, login: author.login, kind, permission: known.id === id ? known.permission : 'none' };
  }

  /** A speaker with the id that the journal has. */
  async speaker({ by, byId = 0, byBot }: Speaker): Promise<Person> {
    if (byBot) return { id: byId, login: by, kind: 'bot', permission: 'none' };
    const known = await this.#permission(by);
    if (known.id === byId) return { id: byId, login: by, kind: 'person', permission: known.permission };
    // The account may have another login by now. Its id stays.
    const login = await this.#loginOf(byId);
    if (login === undefined) return { id: byId, login: by, kind: 'person', permission: 'none' };
    const now = await this.#permission(login);
    return { id: byId, login, kind: 'person', permission: now.id === byId ? now.permission : 'none' };
  }

  /** @returns undefined if the account is gone. */
  async #loginOf(id: number): Promise<string | undefined> {
    try {
      return (await this.#client.request('GET /user/{account_id}', { account_id: id })).data.login;
    } catch (error) {
      if (error instanceof GitHubRefused && error.status === 404) return undefined;
      throw error;
    }
  }

  async byLogin(login: string): Promise<Person> {
    const known = await this.#permission(login);
    return { id: known.id, login, kind: login.endsWith('[bot]') ? 'bot' : 'person', permission: known.permission };
  }

  #permission(login: string): Promise<{ readonly id: number; readonly permission: Permission }> {
    const known = this.#known.get(login) ?? this.#fetch(login);
    this.#known.set(login, known);
    return known;
  }

  async #fetch(login: string): Promise<{ readonly id: number; readonly permission: Permission }> {
    try {
      const { data } = await this.#client.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
        ...inRepository(this.#repository),
        username: login,
      });
      const roles: readonly string[] = ['admin', 'maintain', 'write', 'triage', 'read'];
      // `permission` reports maintain as write and triage as read, but only it covers custom roles.
      const role = roles.includes(data.role_name) ? data.role_name : data.permission;
      return { id: Number(data.user?.id ?? 0), permission: (roles.includes(role) ? role : 'none') as Permission };
    } catch (error) {
      if (error instanceof GitHubRefused && error.status === 404) return { id: 0, permission: 'none' };
      throw error;
    }
  }
}
