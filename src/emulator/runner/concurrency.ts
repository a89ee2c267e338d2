/**
 * Waiting for one's turn: runner slots, `max-parallel`, and GitHub's concurrency groups.
 */

/** As many at once as there are slots, first come first served. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a slot. False when the signal aborts before there is one; then nothing is held. */
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

/** A place in a group, from entering it until `leave`. */
export type Membership = {
  /** Resolves to true when it is this one's turn, to false when a newer one took its place or it left. */
  readonly granted: Promise<boolean>;
  leave(): void;
};

type Member = { readonly grant: (granted: boolean) => void; readonly cancel: () => void };

/** GitHub, "Control workflow concurrency": pending members of a group with `queue: max`. */
const MAX_PENDING = 100;

/**
 * Concurrency groups: one member in progress, by default one pending, a newer pending one replacing the older.
 * Names are the same whatever their case; workflows and jobs of a repository share them.
 */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, { current: Member; readonly pending: Member[] }>();

  /** Enters a group of a repository. `onCancel` is called when a newer member cancels this one in progress. */
  enter(repositoryId: number, claim: Concurrency, onCancel: () => void): Membership {
    const key = `${repositoryId} ${claim.group.toLowerCase()}`;
    const { promise: granted, resolve: grant } = Promise.withResolvers<boolean>();
    const member: Member = { grant, cancel: onCancel };
    const group = this.#groups.get(key);
    if (!group) {
      this.#groups.set(key, { current: member, pending: [] });
      grant(true);
    } else {
      if (claim.queue === 'single' || claim.cancelInProgress) {
        for (const older of group.pending.splice(0)) older.grant(false);
      }
      if (group.pending.length >= MAX_PENDING) grant(false);
      else group.pending.push(member);
      if (claim.cancelInProgress) group.current.cancel();
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
