/**
 * Runs one look at a time for each epic. Wake-ups that arrive while it is running are coalesced into one.
 *
 * The queue holds nothing that GitHub does not know, so losing it with its process costs only one sweep.
 */
import type { Instant } from '#core/model/epic';
import { GitHubUnavailable } from '#github/client';

/** The app's time: real in production, moved by hand in stories. */
export interface Clock {
  now(): number;
  /** @returns a function that cancels it. */
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

export interface LookResult {
  /** By GitHub's clock, not this machine's. */
  readonly lookAgainAt?: Instant;
  /** GitHub's time when it answered. */
  readonly now: Instant;
}

export interface Queue {
  /** Looks soon. @param key names the epic, or the sweep of a repository. One key never runs twice at once. */
  wake(key: string, look: () => Promise<LookResult | undefined>): void;
  /** Resolves when nothing is running or ready to run. */
  idle(): Promise<void>;
  /** Lets running looks finish and starts no others. */
  close(): Promise<void>;
}

/** Waits after failures other than rate limits: short at first, then longer. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 5 * 60_000;
/** About half an hour. After that, leave it to the periodic sweep, which only looks at epics that still exist. */
const MAX_RETRIES = 12;

interface Entry {
  look: () => Promise<LookResult | undefined>;
  state: 'idle' | 'running' | 'running, then again';
  failures: number;
  cancelTimer: (() => void) | undefined;
}

export function makeQueue(clock: Clock, log: (line: string) => void, slots = 8): Queue {
  const entries = new Map<string, Entry>();
  const waiting: string[] = [];
  let busy = 0;
  let isOpen = true;
  let idleWaiters: (() => void)[] = [];

  const settle = (): void => {
    if (busy > 0 || waiting.length > 0) return;
    for (const resolve of idleWaiters) resolve();
    idleWaiters = [];
  };

  const runLater = (key: string, entry: Entry, ms: number): void => {
    entry.cancelTimer?.();
    entry.cancelTimer = clock.after(Math.max(ms, 50), () => {
      entry.cancelTimer = undefined;
      start(key, entry);
    });
  };

  const start = (key: string, entry: Entry): void => {
    if (!isOpen) return;
    if (entry.state !== 'idle') {
      entry.state = 'running, then again';
      return;
    }
    entry.cancelTimer?.();
    entry.cancelTimer = undefined;
    entry.state = 'running';
    waiting.push(key);
    next();
  };

  const next = (): void => {
    while (busy < slots && waiting.length > 0) {
      const key = waiting.shift();
      const entry = key === undefined ? undefined : entries.get(key);
      if (key === undefined || !entry) continue;
      busy++;
      void run(key, entry);
    }
  };

  const run = async (key: string, entry: Entry): Promise<void> => {
    try {
      // This look covers every wake-up so far.
      entry.state = 'running';
      const result = await entry.look();
      entry.failures = 0;
      if (result?.lookAgainAt !== undefined) runLater(key, entry, result.lookAgainAt - result.now);
    } catch (error) {
      entry.failures++;
      const waitMs =
        error instanceof GitHubUnavailable && error.waitMs > 5_000
          ? error.waitMs
          : Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(entry.failures - 1, 12));
      const message = error instanceof GitHubUnavailable ? error.message : String((error as Error)?.stack ?? error);
      const outlook =
        entry.failures > MAX_RETRIES ? 'Left to the next sweep.' : `Retrying in ${Math.round(waitMs / 1000)} s.`;
      log(`${key}: ${message} ${outlook}`);
      if (entry.failures <= MAX_RETRIES) runLater(key, entry, waitMs);
    } finally {
      busy--;
      const isWokenAgain = (entry.state as Entry['state']) === 'running, then again';
      entry.state = 'idle';
      if (isWokenAgain) start(key, entry);
      else if (!entry.cancelTimer) entries.delete(key);
      next();
      settle();
    }
  };

  return {
    wake(key, look) {
      const entry = entries.get(key) ?? { look, state: 'idle', failures: 0, cancelTimer: undefined };
      entry.look = look;
      entries.set(key, entry);
      start(key, entry);
    },
    idle() {
      if (busy === 0 && waiting.length === 0) return Promise.resolve();
      return new Promise((resolve) => idleWaiters.push(resolve));
    },
    async close() {
      isOpen = false;
      waiting.length = 0;
      for (const entry of entries.values()) entry.cancelTimer?.();
      if (busy > 0) await new Promise<void>((resolve) => idleWaiters.push(resolve));
    },
  };
}
