/**
 * The sheet of draft that `decide` writes on: the next journal, the decisions in the order they are to be performed,
 * the lines of history, and when to look again.
 *
 * Its one rule of substance is `once`: an act that cannot be seen to be done without looking for it (a comment, an
 * issue, a dispatch, a merge) is written into the journal before it happens, and repeated only when it is not to be
 * seen and nobody can still be at it.
 */

import type { Event } from '#core/model/board';
import type { Decision } from '#core/model/decision';
import { type Instant, type IssueNumber, instant } from '#core/model/epic';
import type { Act, AuthorisedTexts, Journal } from '#core/model/journal';
import type { Issue, Snapshot } from '#core/model/snapshot';

/** How long another orchestrator, or a call whose answer was lost, is given before its act is repeated. */
export const GRACE_MS = 20_000;

type Keyed = Extract<Decision, { readonly key: string }>;

export class Draft {
  readonly snapshot: Snapshot;
  journal: Journal;
  readonly decisions: Decision[] = [];
  readonly history: Event[] = [];
  readonly texts: Record<number, AuthorisedTexts[number]> = {};
  /** Comments whose requests were taken in this look: marked as finished when all else is done. */
  readonly taken: string[] = [];
  lookAgainAt: Instant | undefined;
  /** Of the decisions that have one. */
  readonly #keys = new Set<string>();
  /** The acts as they are written here: copied once, for an epic may have thousands, and a look may add as many. */
  #acts: Record<string, Act> = {};

  constructor(snapshot: Snapshot, journal: Journal) {
    this.snapshot = snapshot;
    this.journal = journal;
  }

  get now(): Instant {
    return this.snapshot.now;
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

  /** @returns the act's result once it is done; undefined while it is under way. */
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
   * Before an epic is started, nobody's words make a journal: whoever can comment could fill the repository with them.
   * That something was said is then seen from what stands there.
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

  private mayBeInProgress(key: string, act: { at: Instant; by: string }): boolean {
    if (this.now - act.at >= GRACE_MS) return false;
    return act.by !== this.snapshot.orchestrator || this.snapshot.performed[key]?.kind === 'unsure';
  }
}

/** The kill switch, a broken config, a missing workflow: nothing is judged by rules that nobody chose. */
export const isStopped = (draft: Draft): boolean => draft.snapshot.preflight.some(({ level }) => level === 'error');

/** Whether an issue reads otherwise than it was authorised: its text then decides nothing any more (SPEC R11.2). */
export const isChanged = (journal: Journal, issue: Issue): boolean =>
  journal.authorisation?.segments[issue.number]?.digest !== issue.digest;

export const leafOf = (snapshot: Snapshot, number: IssueNumber): Issue | undefined =>
  number === snapshot.epic.number ? snapshot.epic : snapshot.issues.find((issue) => issue.number === number);
export const ownerOf = (draft: Draft): string => draft.journal.authorisation?.by ?? draft.snapshot.epic.author.login;
