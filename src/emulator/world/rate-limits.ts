/**
 * GitHub's rate limits, by the emulator's clock.
 *
 * The primary ones count calls (or points) per account and hour. The secondary ones protect GitHub from bursts. Tests
 * switch those on, because in a test a whole day can happen within one moment of the emulator's clock.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
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

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export const SECONDARY_LIMITS = ['concurrency', 'points', 'content', 'processor'] as const;
export type SecondaryLimit = (typeof SECONDARY_LIMITS)[number];

/** The numbers that GitHub publishes. */
export const SECONDARY = {
  /** Calls under way at once, REST and GraphQL together. */
  concurrency: 100,
  /** Points per minute: 1 for a read, 5 for a write. */
  points: { core: 900, graphql: 2_000 },
  /** Calls that create content, by the minute and by the hour. */
  contentPerMinute: 80,
  contentPerHour: 500,
  /** Milliseconds of processing per minute, all together and for GraphQL alone. */
  processorMs: 90_000,
  processorGraphqlMs: 60_000,
} as const;

/** A call, as far as the secondary limits see it. */
export interface LimitedCall {
  readonly account: string;
  readonly resource: Resource;
  readonly writes: boolean;
  /** It makes something that others are notified of. */
  readonly content: boolean;
}

/** A call that a secondary limit refused. */
export interface SecondaryRefusal {
  readonly limit: SecondaryLimit;
  readonly account: string;
  readonly atMs: number;
  readonly retryAfterSeconds: number;
}

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
  /** The secondary limits that are in force. None by default. */
  readonly secondary = new Set<SecondaryLimit>();
  /** The calls that secondary limits refused, in order. */
  readonly refused: SecondaryRefusal[] = [];
  /** The number of calls that an account has under way. */
  readonly #underWay = new Map<string, number>();
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

  // ── secondary limits ────────────────────────────────────────────────────────────────────────────────────────────

  /** Counts the start of a call. @returns the refusal if it exceeds a secondary limit; it is not counted then. */
  begin(call: LimitedCall): SecondaryRefusal | undefined {
    const { account } = call;
    const counts = this.#countsOf(call).filter(({ limit }) => this.secondary.has(limit));
    const isBusy = this.secondary.has('concurrency') && (this.#underWay.get(account) ?? 0) >= SECONDARY.concurrency;
    const over = counts.find(({ window, cost, most }) => window.used + cost > most);
    if (!isBusy && !over) {
      for (const { window, cost } of counts) window.used += cost;
      this.#underWay.set(account, (this.#underWay.get(account) ?? 0) + 1);
      return undefined;
    }
    const atMs = this.#clock.now();
    const waitMs = isBusy ? MINUTE_MS : (over?.window.endsMs ?? atMs) - atMs;
    const refusal: SecondaryRefusal = {
      ...{ account, atMs, limit: isBusy ? 'concurrency' : (over?.limit ?? 'points') },
      retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
    };
    this.refused.push(refusal);
    return refusal;
  }

  /** Counts the end of a call that was begun. @param tookMs the time of its processing */
  end({ account, resource }: LimitedCall, tookMs: number): void {
    this.#underWay.set(account, Math.max(0, (this.#underWay.get(account) ?? 0) - 1));
    this.#window(account, 'processor', MINUTE_MS).used += tookMs;
    if (resource === 'graphql') this.#window(account, 'processor graphql', MINUTE_MS).used += tookMs;
  }

  #countsOf({ account, resource, writes, content }: LimitedCall) {
    const count = (limit: SecondaryLimit, name: string, ms: number, cost: number, most: number) => ({
      ...{ limit, cost, most },
      window: this.#window(account, name, ms),
    });
    return [
      count('points', `${resource} points`, MINUTE_MS, writes ? 5 : 1, SECONDARY.points[resource]),
      ...(content
        ? [
            count('content', 'content by the minute', MINUTE_MS, 1, SECONDARY.contentPerMinute),
            count('content', 'content by the hour', HOUR_MS, 1, SECONDARY.contentPerHour),
          ]
        : []),
      count('processor', 'processor', MINUTE_MS, 0, SECONDARY.processorMs),
      ...(resource === 'graphql'
        ? [count('processor', 'processor graphql', MINUTE_MS, 0, SECONDARY.processorGraphqlMs)]
        : []),
    ];
  }

  #window(account: string, name: string, ms = HOUR_MS): { used: number; endsMs: number } {
    const key = `${account} ${name}`;
    const known = this.#windows.get(key);
    if (known && known.endsMs > this.#clock.now()) return known;
    const fresh = { used: 0, endsMs: this.#clock.now() + ms };
    this.#windows.set(key, fresh);
    return fresh;
  }
}

/** The calls of REST that create content that others are notified of. */
const CONTENT_PATHS: readonly RegExp[] = [
  /^POST \/repos\/[^/]+\/[^/]+\/(?:issues|pulls)$/,
  /^POST \/repos\/[^/]+\/[^/]+\/(?:issues|pulls)\/\d+\/(?:comments|reviews|requested_reviewers|sub_issues)$/,
  /^POST \/repos\/[^/]+\/[^/]+\/pulls\/\d+\/comments\/\d+\/replies$/,
  /^PUT \/repos\/[^/]+\/[^/]+\/pulls\/\d+\/merge$/,
];
const CONTENT_MUTATIONS =
  /\b(?:createIssue|addComment|createPullRequest|addPullRequestReview|mergePullRequest|enqueuePullRequest|addSubIssue)\s*\(/;

/** True for a call that creates content. @param mutation the text of a GraphQL mutation */
export const createsContent = (method: string, path: string, mutation: string | undefined): boolean =>
  mutation === undefined
    ? CONTENT_PATHS.some((each) => each.test(`${method} ${path}`))
    : CONTENT_MUTATIONS.test(mutation);

export function limitHeaders(allowance: Allowance): Record<string, string> {
  return {
    'x-ratelimit-limit': String(allowance.limit),
    'x-ratelimit-remaining': String(allowance.remaining),
    'x-ratelimit-used': String(allowance.used),
    'x-ratelimit-reset': String(allowance.resetSeconds),
    'x-ratelimit-resource': allowance.resource,
  };
}
