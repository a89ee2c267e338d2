/**
 * One look at a time per epic; wishes that come while it looks are one wish.
 *
 * Nothing is kept here that GitHub does not know: a queue that is lost with its process costs one sweep.
 */
import type { Instant } from '#core/model/epic';
import { GitHubUnavailable } from '#github/client';

/** Time as the app sees it: real in production, moved by hand in stories. */
export interface Clock {
  now(): number;
  /** @returns a function that calls it off. */
  after(ms: number, run: () => void): () => void;
}

export const realClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export interface Looked {
  readonly lookAgainAt?: Instant;
  /** GitHub's clock when it was answered: `lookAgainAt` is by that clock, not by this machine's. */
  readonly at: Instant;
}

export interface Queue {
  /** Look at this soon. @param key names the epic (or the sweep of a repository); the same key never runs twice at once. */
  wake(key: string, look: () => Promise<Looked | undefined>): void;
  /** Resolves when nothing runs and nothing waits to run at once. */
  idle(): Promise<void>;
  /** Lets what runs finish, starts nothing. */
  close(): Promise<void>;
}

/** Waits after failures that are nobody's limit: quick at first, then patient. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 5 * 60_000;
/** About half an hour. After that it is the sweep's again: what is still there it finds, and nobody asks for what is gone. */
const MOST_RETRIES = 12;

interface Place {
  look: () => Promise<Looked | undefined>;
  state: 'resting' | 'looking' | 'looking, then again';
  failures: number;
  callOff: (() => void) | undefined;
}

export function makeQueue(clock: Clock, log: (line: string) => void, slots = 8): Queue {
  const places = new Map<string, Place>();
  const waiting: string[] = [];
  let busy = 0;
  let open = true;
  let quiet: (() => void)[] = [];

  const settle = (): void => {
    if (busy > 0 || waiting.length > 0) return;
    for (const resolve of quiet) resolve();
    quiet = [];
  };

  const again = (key: string, place: Place, ms: number): void => {
    place.callOff?.();
    place.callOff = clock.after(Math.max(ms, 50), () => {
      place.callOff = undefined;
      start(key, place);
    });
  };

  const start = (key: string, place: Place): void => {
    if (!open) return;
    if (place.state !== 'resting') {
      place.state = 'looking, then again';
      return;
    }
    place.callOff?.();
    place.callOff = undefined;
    place.state = 'looking';
    waiting.push(key);
    next();
  };

  const next = (): void => {
    while (busy < slots && waiting.length > 0) {
      const key = waiting.shift();
      const place = key === undefined ? undefined : places.get(key);
      if (key === undefined || !place) continue;
      busy++;
      void run(key, place);
    }
  };

  const run = async (key: string, place: Place): Promise<void> => {
    try {
      // A wish made before this look begins is answered by it.
      place.state = 'looking';
      const looked = await place.look();
      place.failures = 0;
      if (looked?.lookAgainAt !== undefined) again(key, place, looked.lookAgainAt - looked.at);
    } catch (error) {
      place.failures++;
      const waitMs =
        error instanceof GitHubUnavailable && error.waitMs > 5_000
          ? error.waitMs
          : Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(place.failures - 1, 12));
      const what = error instanceof GitHubUnavailable ? error.message : String((error as Error)?.stack ?? error);
      const outlook =
        place.failures > MOST_RETRIES ? 'It is left to the sweep.' : `Looking again in ${Math.round(waitMs / 1000)} s.`;
      log(`${key}: ${what} ${outlook}`);
      if (place.failures <= MOST_RETRIES) again(key, place, waitMs);
    } finally {
      busy--;
      const wished = (place.state as Place['state']) === 'looking, then again';
      place.state = 'resting';
      if (wished) start(key, place);
      else if (!place.callOff) places.delete(key);
      next();
      settle();
    }
  };

  return {
    wake(key, look) {
      const place = places.get(key) ?? { look, state: 'resting', failures: 0, callOff: undefined };
      place.look = look;
      places.set(key, place);
      start(key, place);
    },
    idle() {
      if (busy === 0 && waiting.length === 0) return Promise.resolve();
      return new Promise((resolve) => quiet.push(resolve));
    },
    async close() {
      open = false;
      waiting.length = 0;
      for (const place of places.values()) place.callOff?.();
      if (busy > 0) await new Promise<void>((resolve) => quiet.push(resolve));
    },
  };
}
