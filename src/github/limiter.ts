/**
 * One limiter for all calls of a client, and so for all epics of an installation.
 *
 * GitHub limits an account as a whole. The first call that meets a limit closes the gate for all others: they fail at once,
 * with the rest of the wait, and make no call. When the time is over, one call goes ahead alone. The others follow if GitHub
 * answers it, and keep waiting if it meets the limit again.
 */

/** GitHub counts REST and GraphQL apart. */
export type Budget = 'rest' | 'graphql';

/** The limit that a call met. */
export interface Limit {
  readonly message: string;
  readonly waitMs: number;
  /** A secondary limit is for everything that an account does. */
  readonly on: 'its budget' | 'everything';
}

interface Gate {
  readonly message: string;
  readonly untilMs: number;
  /** The first call after the limit, while it is under way. */
  trial: Promise<unknown> | undefined;
}

export class Limiter {
  readonly #now: () => number;
  /** Closed gates. */
  readonly #gates = new Map<Budget, Gate>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Makes the call, unless a limit is in force.
   * @param limitIn the limit that an error names
   * @param refused the error of a call that is not made
   */
  async run<Answer>(
    budget: Budget,
    {
      call,
      limitIn,
      refused,
    }: {
      readonly call: () => Promise<Answer>;
      readonly limitIn: (error: unknown) => Limit | undefined;
      readonly refused: (message: string, waitMs: number) => Error;
    },
  ): Promise<Answer> {
    const attempt = async (): Promise<Answer> => {
      try {
        return await call();
      } catch (error) {
        const limit = limitIn(error);
        if (limit) this.#close(limit.on === 'everything' ? ['rest', 'graphql'] : [budget], limit);
        throw error;
      }
    };
    for (;;) {
      const gate = this.#gates.get(budget);
      if (!gate) return attempt();
      const leftMs = gate.untilMs - this.#now();
      if (leftMs > 0) throw refused(gate.message, leftMs);
      if (!gate.trial) {
        const trial = attempt();
        gate.trial = trial.then(
          () => undefined,
          () => undefined,
        );
        try {
          return await trial;
        } finally {
          // A new limit has put a new gate here.
          if (this.#gates.get(budget) === gate) this.#gates.delete(budget);
        }
      }
      await gate.trial;
    }
  }

  #close(budgets: readonly Budget[], { message, waitMs }: Limit): void {
    const untilMs = this.#now() + waitMs;
    for (const budget of budgets) {
      const known = this.#gates.get(budget);
      // Calls that were already under way meet the same limit, and tell of it one after the other.
      if (known && known.untilMs >= untilMs) continue;
      this.#gates.set(budget, { message, untilMs, trial: undefined });
    }
  }
}
