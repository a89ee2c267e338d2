/**
 * GitHub's primary rate limits: calls (or points) per account and hour, by the emulator's clock.
 */

import type { Clock } from '#emulator/model/clock';
import type { Credential } from './auth.ts';

export type Resource = 'core' | 'graphql';

export interface Allowance {
  readonly resource: Resource;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** The end of the hour, in seconds since the epoch. */
  readonly resetSeconds: number;
}

const HOUR_MS = 3_600_000;

export class RateLimits {
  /** Calls (or points) per hour (docs: "Rate limits for the REST API", "… for the GraphQL API"). Tests may change them. */
  readonly perHour: Record<Credential['kind'], number> = {
    anonymous: 60,
    user: 5000,
    app: 5000,
    installation: 5000,
    job: 1000,
  };
  /** Calls and points since the start, by the kind of account. */
  readonly spent: Readonly<Record<Credential['kind'], Record<Resource, number>>> = {
    anonymous: { core: 0, graphql: 0 },
    user: { core: 0, graphql: 0 },
    app: { core: 0, graphql: 0 },
    installation: { core: 0, graphql: 0 },
    job: { core: 0, graphql: 0 },
  };
  readonly #clock: Clock;
  readonly #windows = new Map<string, { used: number; endsMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a call. If the limit would be exceeded, `over` is true and the call is not counted. */
  spend(
    account: string,
    kind: Credential['kind'],
    resource: Resource,
    cost: number,
  ): Allowance & { readonly over: boolean } {
    const window = this.#window(account, resource);
    const limit = this.perHour[kind];
    const over = cost > 0 && window.used + cost > limit;
    if (!over) {
      window.used += cost;
      this.spent[kind][resource] += cost;
    }
    return { ...this.left(account, kind, resource), over };
  }

  /** Refunds a call that turned out to be free. */
  giveBack(account: string, kind: Credential['kind'], resource: Resource, cost: number): void {
    const window = this.#window(account, resource);
    window.used = Math.max(0, window.used - cost);
    this.spent[kind][resource] -= cost;
  }

  left(account: string, kind: Credential['kind'], resource: Resource): Allowance {
    const { used, endsMs } = this.#window(account, resource);
    const limit = this.perHour[kind];
    return { resource, limit, used, remaining: Math.max(0, limit - used), resetSeconds: Math.ceil(endsMs / 1000) };
  }

  /** Uses up the rest of the limit, so that calls are refused until the hour is over. */
  exhaust(account: string, kind: Credential['kind'], resource: Resource): void {
    this.#window(account, resource).used = this.perHour[kind];
  }

  #window(account: string, resource: Resource): { used: number; endsMs: number } {
    const key = `${account} ${resource}`;
    const known = this.#windows.get(key);
    if (known && known.endsMs > this.#clock.now()) return known;
    const fresh = { used: 0, endsMs: this.#clock.now() + HOUR_MS };
    this.#windows.set(key, fresh);
    return fresh;
  }
}

export function limitHeaders(allowance: Allowance): Record<string, string> {
  return {
    'x-ratelimit-limit': String(allowance.limit),
    'x-ratelimit-remaining': String(allowance.remaining),
    'x-ratelimit-used': String(allowance.used),
    'x-ratelimit-reset': String(allowance.resetSeconds),
    'x-ratelimit-resource': allowance.resource,
  };
}
