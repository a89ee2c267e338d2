/**
 * What goes wrong on request: GitHub's outages, limits and lost answers, by rule and by seed.
 *
 * Faults belong to the world and not to a client: whoever makes the call meets them. With the same seed and the same
 * calls the same faults happen again.
 */

export type Effect =
  /** The change is not made, and an error is answered. */
  | { readonly kind: 'fails'; readonly status: number; readonly message?: string }
  /** 403 (or 429) with `retry-after`, as GitHub answers whoever is too quick (docs: secondary rate limits). */
  | { readonly kind: 'limited'; readonly status?: 403 | 429; readonly retryAfterSeconds: number }
  /** 403 with no calls left until the hour is over. */
  | { readonly kind: 'exhausted' }
  /** The answer takes its time, by the emulator's clock. */
  | { readonly kind: 'slow'; readonly waitMs: number }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'dropped' }
  /** The change is made, and yet an error is answered. */
  | { readonly kind: 'applied but fails'; readonly status: number }
  /** The change is made, and the connection breaks before the answer. */
  | { readonly kind: 'applied but dropped' };

export interface Fault {
  readonly effect: Effect;
  /** `GET`, …; `write` is everything but GET. GraphQL mutations are writes, queries reads. */
  readonly method?: string | 'read' | 'write';
  /** A part of the path, or a pattern for it; prefixes such as `/api/v3` are taken off before. */
  readonly path?: string | RegExp;
  /** Only calls whose body contains this, e.g. a GraphQL mutation's name. */
  readonly body?: string | RegExp;
  /** The n-th call that fits, counted from 1; without it every one that fits. */
  readonly nth?: number;
  /** How often it strikes at most. */
  readonly times?: number;
  /** How likely it strikes when it fits: 0 to 1, thrown with the emulator's seed. */
  readonly chance?: number;
}

export class Faults {
  /** What struck, in order: for a story that has to know. */
  readonly struck: { readonly effect: Effect; readonly method: string; readonly path: string }[] = [];
  readonly #random: () => number;
  readonly #rules = new Map<Fault, { fitting: number; struck: number }>();

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  /** Adds a fault. Returns how to take it away again. */
  add(fault: Fault): () => void {
    this.#rules.set(fault, { fitting: 0, struck: 0 });
    return () => {
      this.#rules.delete(fault);
    };
  }

  clear(): void {
    this.#rules.clear();
  }

  /** The fault that strikes this call, if one does. Counts the call; to be asked once per call. */
  strike(call: {
    readonly method: string;
    readonly writes: boolean;
    readonly path: string;
    readonly body: string;
  }): Effect | null {
    let effect: Effect | null = null;
    for (const [fault, count] of this.#rules) {
      if (!fits(fault, call)) continue;
      count.fitting += 1;
      if (effect || (fault.nth !== undefined && fault.nth !== count.fitting)) continue;
      if (fault.times !== undefined && count.struck >= fault.times) continue;
      if (fault.chance !== undefined && this.#random() >= fault.chance) continue;
      count.struck += 1;
      effect = fault.effect;
      this.struck.push({ effect, method: call.method, path: call.path });
    }
    return effect;
  }
}

function fits(fault: Fault, call: Parameters<Faults['strike']>[0]): boolean {
  const { method, path, body } = fault;
  if (method === 'write' ? !call.writes : method === 'read' ? call.writes : method && method !== call.method)
    return false;
  return contains(call.path, path) && contains(call.body, body);
}

function contains(text: string, part: string | RegExp | undefined): boolean {
  if (part === undefined) return true;
  return typeof part === 'string' ? text.includes(part) : part.test(text);
}

/** Numbers from 0 to 1 that look thrown and are the same for the same seed (mulberry32, public domain algorithm). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
