/**
 * The draft that deciders write on: the next journal, the decisions in the order they are to be performed, the new
 * lines of history, and when to look again.
 *
 * One rule lives here: `once`. Some acts leave nothing that a glance at GitHub would show: a comment, an issue, a
 * dispatch, a merge. Such an act is written into the journal before it happens. It is repeated only if it is not
 * visible on GitHub and no one can still be performing it.
 */

import type { Event } from '#core/model/board';
import type { Decision } from '#core/model/decision';
import { type Instant, instant } from '#core/model/epic';
import type { Act, AuthorisedTexts, Journal } from '#core/model/journal';
import type { Snapshot } from '#core/model/snapshot';

/** How long another orchestrator, or a call without an answer, gets before its act is repeated. */
export const GRACE_MS = 20_000;

type Keyed = Extract<Decision, { readonly key: string }>;

export class Draft {
  readonly snapshot: Snapshot;
  journal: Journal;
  readonly decisions: Decision[] = [];
  readonly history: Event[] = [];
  readonly texts: Record<number, AuthorisedTexts[number]> = {};
  /** Comments with a request taken in this look. They are marked as finished when everything else is done. */
  readonly taken: string[] = [];
  lookAgainAt: Instant | undefined;
  /** Keys of the decisions that have one. */
  readonly #keys = new Set<string>();
  /** The acts written in this look: one copy for all of them, since an epic may have thousands. */
  #acts: Record<string, Act> = {};

  constructor(snapshot: Snapshot, journal: Journal) {
    this.snapshot = snapshot;
    this.journal = journal;
  }

  get now(): Instant {
    return this.snapshot.now;
  }

  /** The person to mention: the one who started the epic, or else its author. */
  get owner(): string {
    const { authorisation } = this.journal;
    if (!authorisation) return this.snapshot.epic.author.login;
    // People may take another login, and somebody else their old one.
    const { by, byId } = authorisation;
    return this.snapshot.speakers.find(({ id, kind }) => id === byId && kind === 'person')?.login ?? by;
  }

  decide(decision: Decision): void {
    this.decisions.push(decision);
    if ('key' in decision) this.#keys.add(decision.key);
  }

  record(event: Omit<Event, 'at'>): void {
    this.history.push({ at: this.now, ...event });
  }

  lookAgain(afterMs: number): void {
    const at = instant(this.now + afterMs);
    if (this.lookAgainAt === undefined || at < this.lookAgainAt) this.lookAgainAt = at;
  }

  /** Decides an act unless it is done, refused or in progress. @returns how the act with this key stands now. */
  once(decision: Keyed): 'done' | 'refused' | 'under way' {
    const { key } = decision;
    if (!this.journal.authorisation) return this.unlessVisible(decision);
    const act = this.journal.acts[key];
    if (act?.state === 'done' || act?.state === 'refused') return act.state;
    if (this.#keys.has(key)) return 'under way';
    if (act?.state === 'intended' && this.mayBeInProgress(key, act)) {
      this.lookAgain(act.at + GRACE_MS - this.now);
      return 'under way';
    }
    if (act?.state !== 'intended' || act.by !== this.snapshot.orchestrator || this.snapshot.performed[key]) {
      this.#intend(key);
    }
    this.decide(decision);
    this.lookAgain(GRACE_MS);
    return 'under way';
  }

  /**
   * Before an epic is started, a comment never creates a journal: otherwise anyone who can comment could fill the
   * repository with them. A reply that is there is then proof enough that Swarm has replied.
   */
  private unlessVisible(decision: Keyed): 'done' | 'refused' | 'under way' {
    const { key } = decision;
    const performed = this.snapshot.performed[key];
    if (performed?.kind === 'refused') return 'refused';
    if (performed?.kind === 'done' || this.snapshot.said[key]) return 'done';
    if (!this.#keys.has(key)) this.decide(decision);
    return 'under way';
  }

  #intend(key: string): void {
    if (this.journal.acts !== this.#acts) this.#acts = { ...this.journal.acts };
    this.#acts[key] = { at: this.now, by: this.snapshot.orchestrator, state: 'intended' };
    this.journal = { ...this.journal, acts: this.#acts };
  }

  private mayBeInProgress(key: string, act: Act): boolean {
    if (this.now - act.at >= GRACE_MS) return false;
    return act.by !== this.snapshot.orchestrator || this.snapshot.performed[key]?.kind === 'unsure';
  }
}
