/**
 * Time in the emulator. All timestamps, expiries and timers use this clock and nothing else, so that a test can let an
 * hour pass at once.
 */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `fn` once, `waitMs` from now. The returned function cancels it. */
  after(waitMs: number, fn: () => void): () => void;
}

/** The machine's own time. Its timers never keep the process alive. */
export function realClock(): Clock {
  return {
    now: () => Date.now(),
    after(waitMs, fn) {
      // A timer takes at most 2^31-1 ms; more would fire at once.
      const timer = setTimeout(fn, Math.min(waitMs, 2_147_483_647));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

export interface VirtualClock extends Clock {
  /**
   * Lets `waitMs` pass. Timers fire in the order in which they are due, each at its own time. Between two timers,
   * pending promises and I/O callbacks run, so that the work a timer starts can set the next one.
   */
  advance(waitMs: number): Promise<void>;
  /** Sets the clock back, as an administrator might. No timer fires. */
  setBack(byMs: number): void;
  /** The number of pending timers, for a test that checks whether anything is scheduled. */
  waiting(): number;
}

/** A clock that stands still until `advance` is called. It starts at the same fixed moment in every run. */
export function virtualClock(startMs: number = Date.UTC(2026, 0, 5, 9, 0, 0)): VirtualClock {
  let now = startMs;
  let count = 0;
  const timers = new Map<number, { dueMs: number; fn: () => void }>();

  function next(untilMs: number): number | undefined {
    let found: number | undefined;
    let dueMs = Number.POSITIVE_INFINITY;
    for (const [id, timer] of timers) {
      if (timer.dueMs <= untilMs && timer.dueMs < dueMs) {
        found = id;
        dueMs = timer.dueMs;
      }
    }
    return found;
  }

  return {
    now: () => now,
    after(waitMs, fn) {
      count += 1;
      const id = count;
      timers.set(id, { dueMs: now + Math.max(0, waitMs), fn });
      return () => {
        timers.delete(id);
      };
    },
    async advance(waitMs) {
      const untilMs = now + waitMs;
      await turn();
      for (let id = next(untilMs); id !== undefined; id = next(untilMs)) {
        const timer = timers.get(id);
        timers.delete(id);
        if (!timer) continue;
        now = Math.max(now, timer.dueMs);
        timer.fn();
        await turn();
      }
      // Another call may have advanced the clock in the meantime. Time never runs backwards here.
      now = Math.max(now, untilMs);
      await turn();
    },
    setBack(byMs) {
      now -= byMs;
    },
    waiting: () => timers.size,
  };
}

/** GitHub's timestamps have whole seconds. */
export function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
