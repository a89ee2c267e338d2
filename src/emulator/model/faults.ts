/**
 * Injected faults: GitHub's outages, rate limits and lost responses, by rule and by seed.
 *
 * Faults belong to the world, not to a client, so every caller is affected. The same seed and the same calls give the
 * same faults.
 */

export type Effect =
  /** The change is not made, and the response is an error. */
  | { readonly kind: 'fails'; readonly status: number; readonly message?: string }
  /** 403 (or 429) with `retry-after`, GitHub's response to clients that are too fast (docs: secondary rate limits). */
  | { readonly kind: 'limited'; readonly status?: 403 | 429; readonly retryAfterSeconds: number }
  /** 403, with no calls left until the hour is over. */
  | { readonly kind: 'exhausted' }
  /** The response is delayed, by the emulator's clock. */
  | { readonly kind: 'slow'; readonly waitMs: number }
  /** The connection stays open, and no response ever comes. The change is not made. */
  | { readonly kind: 'hangs' }
  /** The connection breaks before the change is made. */
  | { readonly kind: 'dropped' }
  /** The change is made, but the response is an error. */
  | { readonly kind: 'applied but fails'; readonly status: number }
  /** The change is made, but the connection breaks before the response. */
  | { readonly kind: 'applied but dropped' };

export interface Fault {
  readonly effect: Effect;
  /** `GET`, …; `write` is every method except GET and HEAD. GraphQL mutations are writes, queries are reads. */
  readonly method?: string | 'read' | 'write';
  /** A part of the path, or a pattern for it. Prefixes such as `/api/v3` are removed first. */
  readonly path?: string | RegExp;
  /** Only calls with this in their body, e.g. the name of a GraphQL mutation. */
  readonly body?: string | RegExp;
  /** Only the n-th matching call, counted from 1. Without it, every matching call. */
  readonly nth?: number;
  /** The maximum number of calls it affects. */
  readonly times?: number;
  /** The probability that a matching call is affected, from 0 to 1. The emulator's seed decides. */
  readonly chance?: number;
}

export class Faults {
  /** The faults that occurred, in order. */
  readonly struck: { readonly effect: Effect; readonly method: string; readonly path: string }[] = [];
  readonly #random: () => number;
  readonly #rules = new Map<Fault, { matching: number; struck: number }>();

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  /** Adds a fault. The returned function removes it. */
  add(fault: Fault): () => void {
    this.#rules.set(fault, { matching: 0, struck: 0 });
    return () => {
      this.#rules.delete(fault);
    };
  }

  clear(): void {
    this.#rules.clear();
  }

  /** How many faults may still occur. */
  get set(): number {
    return this.#rules.size;
  }

  /** The fault that affects this call, if any. Counts the call, so it must be called once per call. */
  strike(call: {
    readonly method: string;
    readonly writes: boolean;
    readonly path: string;
    readonly body: string;
  }): Effect | null {
    let effect: Effect | null = null;
    for (const [fault, count] of this.#rules) {
      if (!matches(fault, call)) continue;
      count.matching += 1;
      if (effect || (fault.nth !== undefined && fault.nth !== count.matching)) continue;
      if (fault.times !== undefined && count.struck >= fault.times) continue;
      if (fault.chance !== undefined && this.#random() >= fault.chance) continue;
      count.struck += 1;
      effect = fault.effect;
      this.struck.push({ effect, method: call.method, path: call.path });
    }
    return effect;
  }
}

function matches(fault: Fault, call: Parameters<Faults['strike']>[0]): boolean {
  const { method, path, body } = fault;
  if (method === 'write' ? !call.writes : method === 'read' ? call.writes : method && method !== call.method)
    return false;
  return contains(call.path, path) && contains(call.body, body);
}

function contains(text: string, part: string | RegExp | undefined): boolean {
  if (part === undefined) return true;
  return typeof part === 'string' ? text.includes(part) : part.test(text);
}

/** Pseudo-random numbers from 0 to 1, the same for the same seed (mulberry32, a public domain algorithm). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
