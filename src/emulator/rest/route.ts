/**
 * The routes of the REST API, and `ApiCall`, which gives a handler its parameters and looks up the records they name.
 *
 * The path of a route is GitHub's own template, so that the oracle can find its description.
 */

import type { Actor, Comment, Issue, Pull, Repository, Review, ReviewComment } from '#emulator/model/records';
import { Refusal, type RefusedField } from '#emulator/model/refusal';
import type { RestResponse } from '#emulator/model/response';
import { repoUrl } from '#emulator/shapes/objects';
import type { Credential, RequiredPermission } from '#emulator/world/auth';
import type { RateLimits } from '#emulator/world/rate-limits';
import type { Deliveries } from '#emulator/world/webhooks';
import type { World } from '#emulator/world/world';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /**
   * The required credentials: none; any account; an app's JWT; an installation; or one of these permissions on the
   * path's repository. A function is for permissions that depend on the call.
   */
  readonly needs:
    | 'anyone'
    | 'signed in'
    | 'app'
    | 'installation'
    | readonly RequiredPermission[]
    | ((call: ApiCall) => readonly RequiredPermission[]);
  readonly handle: (call: ApiCall) => RestResponse | Promise<RestResponse>;
}

export const read = (permission: string): readonly RequiredPermission[] => [{ permission, level: 'read' }];
export const write = (permission: string): readonly RequiredPermission[] => [{ permission, level: 'write' }];

/** Write access that every person with read access has: opening issues, commenting, reacting, reviewing. */
export const participate = (permission: string): readonly RequiredPermission[] => [
  { permission, level: 'write', participate: 'readers' },
];

export class ApiCall {
  readonly world: World;
  readonly credential: Credential;
  readonly method: string;
  /** The requested path including `/api/v3`, for `Link` headers. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly accept: string;
  readonly deliveries: Deliveries;
  readonly limits: RateLimits;

  constructor(given: {
    readonly world: World;
    readonly credential: Credential;
    readonly method: string;
    readonly path: string;
    readonly params: Readonly<Record<string, string>>;
    readonly query: URLSearchParams;
    readonly body: Readonly<Record<string, unknown>>;
    readonly accept: string;
    readonly deliveries: Deliveries;
    readonly limits: RateLimits;
  }) {
    this.world = given.world;
    this.credential = given.credential;
    this.method = given.method;
    this.path = given.path;
    this.params = given.params;
    this.query = given.query;
    this.body = given.body;
    this.accept = given.accept;
    this.deliveries = given.deliveries;
    this.limits = given.limits;
  }

  get actor(): Actor {
    return this.world.tokens.actor(this.credential);
  }

  /** The account that this call is counted for. */
  get account(): string {
    return this.world.tokens.account(this.credential);
  }

  param(name: string): string {
    const value = this.params[name];
    if (value === undefined) throw new Error(`The path has no {${name}}`);
    return value;
  }

  // ── what the path names; 404 where it is not there ────────────────────────────────────────────────────────────

  get repository(): Repository {
    const repository = this.world.repository(this.param('owner'), this.param('repo'));
    if (!repository || !this.world.tokens.sees(this.credential, repository)) throw notFound();
    return repository;
  }

  get issue(): Issue {
    const number = Number(this.param('issue_number'));
    if (this.repository.gone.has(number)) throw new Refusal(410, 'This issue was deleted');
    const moved = this.repository.transferred.get(number);
    if (moved) throw this.#movedTo(moved);
    return found(this.world.issues.issue(this.repository, number));
  }

  /** Only the issue itself is redirected, to where the caller may see it. */
  #movedTo(issue: Issue): Refusal {
    const isWhole = this.method === 'GET' && /\/issues\/\d+$/.test(this.path);
    if (!isWhole || !this.world.tokens.sees(this.credential, issue.repository)) return notFound();
    const location = `${repoUrl(this.world, issue.repository)}/issues/${issue.number}`;
    return new Refusal(301, 'Moved Permanently', null, { location });
  }

  get pull(): Pull {
    return found(this.world.pulls.pull(this.repository, Number(this.param('pull_number'))));
  }

  get comment(): Comment {
    return found(this.world.issues.commentById(this.repository, Number(this.param('comment_id'))));
  }

  get review(): Review {
    return found(this.pull.reviews.find((review) => review.id === Number(this.param('review_id'))));
  }

  get reviewComment(): ReviewComment {
    return found(this.repository.reviewComments.get(Number(this.param('comment_id'))));
  }

  // ── the body; 422 where a value is not what it must be ────────────────────────────────────────────────────────

  /** A string, or undefined if it is missing. */
  string(name: string): string | undefined {
    const value = this.body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string')
      throw invalid(`Invalid request.\n\nFor 'properties/${name}', ${JSON.stringify(value)} is not a string.`);
    return value;
  }

  requireString(name: string): string {
    const value = this.string(name);
    if (value === undefined) throw invalid(`Invalid request.\n\n"${name}" wasn't supplied.`);
    return value;
  }

  /** A string that null clears. */
  stringOrNull(name: string): string | null | undefined {
    return this.body[name] === null ? null : this.string(name);
  }

  number(name: string): number | undefined {
    const value = this.body[name];
    if (value === undefined || value === null) return undefined;
    // GitHub accepts only integers, not strings of digits.
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw invalid(`Invalid request.\n\nFor 'properties/${name}', ${JSON.stringify(value)} is not an integer.`);
    }
    return value;
  }

  requireNumber(name: string): number {
    const value = this.number(name);
    if (value === undefined) throw invalid(`Invalid request.\n\n"${name}" wasn't supplied.`);
    return value;
  }

  boolean(name: string): boolean | undefined {
    const value = this.body[name];
    return typeof value === 'boolean' ? value : undefined;
  }

  /** A list of strings. Objects with a `name` count as their names, as GitHub accepts for labels. */
  strings(name: string): string[] | undefined {
    const value = this.body[name];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value))
      throw invalid(`Invalid request.\n\nFor 'properties/${name}', the value is not an array.`);
    return value.map((one) => {
      const item = typeof one === 'object' && one !== null && 'name' in one ? one.name : one;
      if (typeof item !== 'string')
        throw invalid(`Invalid request.\n\nFor 'items', ${JSON.stringify(one)} is not a string.`);
      return item;
    });
  }

  objects(name: string): Record<string, unknown>[] | undefined {
    const value = this.body[name];
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || value.some((one) => typeof one !== 'object' || one === null)) {
      throw invalid(`Invalid request.\n\nFor 'properties/${name}', the value is not an array of objects.`);
    }
    return value;
  }

  object(name: string): Record<string, unknown> | undefined {
    const value = this.body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) {
      throw invalid(`Invalid request.\n\nFor 'properties/${name}', the value is not an object.`);
    }
    return value as Record<string, unknown>;
  }

  /** One of the allowed strings. */
  oneOf<const T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.string(name);
    if (value === undefined) return undefined;
    const match = allowed.find((one) => one === value);
    if (match === undefined) {
      throw invalid(`Invalid request.\n\n${value} is not a member of ${JSON.stringify(allowed)}.`);
    }
    return match;
  }

  // ── lists ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The requested page of a list, with GitHub's `Link` header. `wrap` is for lists that come with a `total_count`. */
  page<T>(
    items: readonly T[],
    show: (item: T) => unknown,
    wrap?: (page: unknown[]) => unknown,
    most = 100,
  ): RestResponse {
    const size = clamp(Number(this.query.get('per_page') ?? Math.min(30, most)), 1, most);
    const page = Math.max(1, Math.floor(Number(this.query.get('page') ?? 1)) || 1);
    const last = Math.max(1, Math.ceil(items.length / size));
    const shown = items.slice((page - 1) * size, page * size).map(show);
    const link = (to: number, rel: string) => {
      const query = new URLSearchParams(this.query);
      query.set('page', String(to));
      return `<${this.world.url}${this.path}?${query}>; rel="${rel}"`;
    };
    const links = [
      ...(page > 1 ? [link(page - 1, 'prev')] : []),
      ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
      ...(page > 1 ? [link(1, 'first')] : []),
    ];
    return {
      status: 200,
      body: wrap ? wrap(shown) : shown,
      ...(links.length > 0 && { headers: { link: links.join(', ') } }),
    };
  }
}

export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

/** Returns the value. Throws GitHub's 404 if it is missing. */
export function found<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw notFound();
  return value;
}

export function invalid(message: string, errors: readonly (string | RefusedField)[] | null = null): Refusal {
  return new Refusal(422, message, errors);
}

function clamp(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, Math.floor(value))) : most;
}
