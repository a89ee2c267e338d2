/**
 * Limits on what runs at the same time: runner slots, `max-parallel`, and GitHub's concurrency groups.
 */

/** A fixed number of slots, first come, first served. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a slot. False, without a slot, if the signal aborts first. */
  async take(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    return new Promise((resolve) => {
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(granted), 1);
        resolve(false);
      };
      const granted = () => {
        signal.removeEventListener('abort', onAbort);
        resolve(true);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(granted);
    });
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}

/** An evaluated `concurrency:`. */
export type Concurrency = {
  readonly group: string;
  readonly cancelInProgress: boolean;
  readonly queue: 'single' | 'max';
};

/** The membership of a run or job in a group, until it calls `leave`. */
export type Membership = {
  /** Resolves to true when it may run, and to false if a newer member replaced it or it left. */
  readonly granted: Promise<boolean>;
  leave(): void;
};

type Member = { readonly grant: (granted: boolean) => void; readonly cancel: () => void };

/** The maximum number of pending members with `queue: max` (GitHub, "Control workflow concurrency"). */
const MAX_PENDING = 100;

/**
 * Concurrency groups: one member runs and, by default, one is pending; a newer pending member replaces the older one.
 * Names ignore case, and the workflows and jobs of a repository share them.
 */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, { current: Member; readonly pending: Member[] }>();

  /** Enters a group of a repository. `onCancel` is called if a newer member cancels this one while it runs. */
  enter(repositoryId: number, concurrency: Concurrency, onCancel: () => void): Membership {
    const key = `${repositoryId} ${concurrency.group.toLowerCase()}`;
    const { promise: granted, resolve: grant } = Promise.withResolvers<boolean>();
    const member: Member = { grant, cancel: onCancel };
    const group = this.#groups.get(key);
    if (!group) {
      this.#groups.set(key, { current: member, pending: [] });
      grant(true);
    } else {
      if (concurrency.queue === 'single' || concurrency.cancelInProgress) {
        for (const older of group.pending.splice(0)) older.grant(false);
      }
      if (group.pending.length >= MAX_PENDING) grant(false);
      else group.pending.push(member);
      if (concurrency.cancelInProgress) group.current.cancel();
    }
    return { granted, leave: () => this.#leave(key, member) };
  }

  #leave(key: string, member: Member): void {
    const group = this.#groups.get(key);
    if (!group) return;
    const waiting = group.pending.indexOf(member);
    if (waiting >= 0) {
      group.pending.splice(waiting, 1);
      member.grant(false);
      return;
    }
    if (group.current !== member) return;
    const next = group.pending.shift();
    if (!next) {
      this.#groups.delete(key);
      return;
    }
    group.current = next;
    next.grant(true);
  }
}
