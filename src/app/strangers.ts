/**
 * Looks at issues that strangers commented on, no matter how many there are of them, a few at a time.
 *
 * Anyone can comment on a public repository. A command by somebody that GitHub does not call a member may still come from a
 * person with rights, because private memberships do not show, so it is not ignored. The first one is looked at soon, and
 * then a few issues a minute. What is too much for that is left to the sweep.
 */
import { instant } from '#core/model/epic';
import type { Hint } from '#github/hints';
import type { Orchestrator } from '#reconcile';
import type { Clock, Queue } from './queue.ts';

/** Issues that are looked at together, and the time until the next ones. */
const AT_ONCE = 5;
const PAUSE_MS = 60_000;
/** Issues that wait for their turn. */
const MAX_WAITING = 50;

export interface Strangers<Place extends Orchestrator> {
  comment(orchestrator: Place, hints: readonly Hint[]): void;
}

interface Waiting {
  /** By issue. */
  readonly hints: Map<number, Hint>;
  /** No look before this time, by the queue's clock. */
  pausedUntilMs: number;
}

export function makeStrangers<Place extends Orchestrator>(
  clock: Clock,
  queue: Queue,
  look: (orchestrator: Place, hints: readonly Hint[]) => Promise<void>,
): Strangers<Place> {
  const repositories = new WeakMap<Place, Waiting>();

  const turn = async (orchestrator: Place, waiting: Waiting) => {
    const { client } = orchestrator;
    const pauseMs = waiting.pausedUntilMs - clock.now();
    if (pauseMs <= 0) {
      const now = [...waiting.hints].slice(0, AT_ONCE);
      for (const [number] of now) waiting.hints.delete(number);
      waiting.pausedUntilMs = clock.now() + PAUSE_MS;
      await look(
        orchestrator,
        now.map(([, hint]) => hint),
      );
    }
    if (waiting.hints.size === 0) return undefined;
    return { now: client.now(), lookAgainAt: instant(client.now() + waiting.pausedUntilMs - clock.now()) };
  };

  return {
    comment(orchestrator, hints) {
      const waiting = repositories.get(orchestrator) ?? { hints: new Map<number, Hint>(), pausedUntilMs: 0 };
      repositories.set(orchestrator, waiting);
      for (const hint of hints) {
        if (!('number' in hint) || (waiting.hints.size >= MAX_WAITING && !waiting.hints.has(hint.number))) continue;
        waiting.hints.set(hint.number, hint);
      }
      const { owner, name } = orchestrator.repository;
      queue.wake(`comments of ${owner}/${name}`, () => turn(orchestrator, waiting));
    },
  };
}
