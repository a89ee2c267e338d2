/**
 * Reads that lag behind writes. GitHub answers many reads from copies of its data, so a read may show the state from before
 * the latest change, and an object that was just created may not be there yet.
 *
 * A late answer is the one that the same caller got to the same call before the change. Each change is late at most once for
 * a call, so a caller that looks again sees it. Conditional reads never lag.
 */
import { Refusal } from './refusal.ts';
import { type HttpResponse, refusalResponse, serialize } from './response.ts';

/** REST, GraphQL, and refs by REST. Each has its own lag. */
export const LAGS = ['rest', 'graphql', 'refs'] as const;
export type Lag = (typeof LAGS)[number];

export interface LaggingRead {
  /** The token that the call was made with. */
  readonly caller: string;
  readonly method: string;
  /** Without the prefix of a GHES. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

/** An object that is younger than this may be missing in its first read. */
const NEW_MS = 5_000;

export class Lags {
  /** The probability that a change is late for a call, from 0 to 1. Nothing lags by default. */
  readonly chance: Record<Lag, number> = { rest: 0, graphql: 0, refs: 0 };
  /** The late answers, in order. */
  readonly late: { readonly lag: Lag; readonly method: string; readonly path: string }[] = [];
  readonly #random: () => number;
  readonly #now: () => number;
  /** The latest answer to each call, and whether it was given once more after a change. */
  readonly #given = new Map<string, { readonly answer: HttpResponse; readonly isLate: boolean }>();

  constructor(random: () => number, now: () => number) {
    this.#random = random;
    this.#now = now;
  }

  /** @param fresh the answer without lag. @returns this answer, an earlier one, or a 404. */
  answer(read: LaggingRead, fresh: HttpResponse): HttpResponse {
    const lag = lagOf(read);
    if (this.chance[lag] === 0 || fresh.status !== 200) return fresh;
    const key = JSON.stringify([read.caller, read.method, read.path, read.query, read.body]);
    const given = this.#given.get(key);
    const isChanged =
      given === undefined ? this.#isNew(read, fresh) : given.answer.body !== fresh.body && !given.isLate;
    if (isChanged && this.#random() < this.chance[lag]) {
      const answer = given?.answer ?? notThere(read.method);
      if (given) this.#given.set(key, { answer, isLate: true });
      else this.#given.set(key, { answer: fresh, isLate: true });
      this.late.push({ lag, method: read.method, path: read.path });
      return answer;
    }
    this.#given.set(key, { answer: fresh, isLate: false });
    return fresh;
  }

  /** Lets all copies catch up, as they do within seconds. What has changed until now is late for no call. */
  catchUp(): void {
    for (const [key, { answer }] of this.#given) this.#given.set(key, { answer, isLate: true });
  }

  /** True for a single object with an id or a number that was created within the last seconds. */
  #isNew({ path }: LaggingRead, { body }: HttpResponse): boolean {
    if (!/\/\d+$/.test(path)) return false;
    if (typeof body !== 'string' || !body.startsWith('{')) return false;
    const { created_at: created } = JSON.parse(body) as { created_at?: unknown };
    return typeof created === 'string' && this.#now() - Date.parse(created) < NEW_MS;
  }
}

function lagOf({ path }: LaggingRead): Lag {
  if (path === '/graphql') return 'graphql';
  return /\/git\/(?:ref|refs|matching-refs)\//.test(path) ? 'refs' : 'rest';
}

const notThere = (method: string): HttpResponse =>
  serialize(refusalResponse(new Refusal(404, 'Not Found')), { method, headers: {} });
