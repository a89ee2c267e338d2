/**
 * The situation of an epic: every derived fact that deciders share has its one home here.
 *
 * A situation stands for one moment: one snapshot, one journal, one plan, one config. It never changes. A fact is
 * computed when it is first asked for, at most once. Deciders read the situation and write on the draft; when the draft
 * has moved on far enough that people must see it, `after` gives the situation that follows.
 */
import type { Board } from '#core/model/board';
import type { Config } from '#core/model/config';
import type { Instant, IssueNumber, PullNumber, Segment } from '#core/model/epic';
import { spentUsd } from '#core/model/history';
import type { Journal, SegmentRecord } from '#core/model/journal';
import { epicBudget, leftUsd } from '#core/model/journal/budgets';
import { recordOf } from '#core/model/journal-lenses';
import { type Plan, segmentsOf } from '#core/model/plan';
import type { Diagnostic } from '#core/model/problem';
import type { Progresses, WaveStanding } from '#core/model/progress';
import type { Issue, Pull, Snapshot } from '#core/model/snapshot';
import { type Startable, startable } from '#core/schedule/startable';
import { makeBoard } from './board.ts';
import { standingOf } from './calibration.ts';
import type { Draft } from './draft.ts';
import { consentLost, errorsOf, segmentsGone } from './errors.ts';
import { deriveProgress, type Facts, issuesOf, publishedPull } from './progress.ts';
import { segmentState, startHolds } from './waits.ts';

export class Situation implements Facts {
  readonly snapshot: Snapshot;
  readonly journal: Journal;
  readonly plan: Plan;
  readonly config: Config;
  #derived: Progresses | undefined;
  #progress: Progresses | undefined;
  #standings: ReadonlyMap<number, WaveStanding> | undefined;
  #errors: readonly Diagnostic[] | undefined;
  #startable: Startable | undefined;
  #board: Board | undefined;
  #issues: ReadonlyMap<IssueNumber, Issue> | undefined;
  #segments: ReadonlyMap<IssueNumber, Segment> | undefined;
  #pulls: ReadonlyMap<PullNumber, Pull> | undefined;
  #waveOf: ReadonlyMap<IssueNumber, number> | undefined;

  constructor({ snapshot, journal, plan, config }: Facts) {
    this.snapshot = snapshot;
    this.journal = journal;
    this.plan = plan;
    this.config = config;
  }

  /**
   * The situation once the draft is performed: its journal, and every segment that it claimed as queued. Waits are kept
   * as they were told, since the starts of this look do not explain themselves.
   */
  after(draft: Draft): Situation {
    const next = new Situation({ ...this, journal: draft.journal });
    const claimed = this.plan.segments.filter(
      ({ number }) => recordOf(draft.journal, number).attempts.length > this.record(number).attempts.length,
    );
    next.#progress = new Map([...this.progress, ...claimed.map(({ number }) => [number, { kind: 'queued' }] as const)]);
    return next;
  }

  get now(): Instant {
    return this.snapshot.now;
  }

  /** An epic that was started and is not finished. Only such an epic is acted on. */
  get isLive(): boolean {
    const { epic } = this.snapshot;
    return epic.state === 'open' && this.journal.authorisation !== undefined && this.journal.phase !== 'finished';
  }

  /**
   * The kill switch, a broken config, a missing workflow: Swarm never acts by rules that no one chose. Nor does it act on
   * the word of a person who may no longer write.
   */
  get isStopped(): boolean {
    return this.snapshot.preflight.some(({ level }) => level === 'error') || consentLost(this).length > 0;
  }

  /** Authorised work that is not in the epic any more. Without a person's word, the epic is not complete. */
  get isShort(): boolean {
    return segmentsGone(this).length > 0;
  }

  /** Errors that hold the epic. */
  get errors(): readonly Diagnostic[] {
    this.#errors ??= errorsOf(this);
    return this.#errors;
  }

  /** Money of the epic, in US dollars. */
  get budget(): { readonly spentUsd: number | undefined; readonly isSpent: boolean } {
    const budget = epicBudget(this.journal, this.config);
    return { spentUsd: spentUsd(this.journal), isSpent: budget !== undefined && leftUsd(budget) === 0 };
  }

  /** The progress of each segment as GitHub and the journal show it; `ready` if the schedule has the last word. */
  get derived(): Progresses {
    this.#derived ??= deriveProgress(this);
    return this.#derived;
  }

  /** The progress of each segment. Ready segments stay `ready` if they start now; the others wait. */
  get progress(): Progresses {
    this.#progress ??= this.isLive ? this.#withWaits() : this.derived;
    return this.#progress;
  }

  /** By wave number. */
  get standings(): ReadonlyMap<number, WaveStanding> {
    this.#standings ??= new Map(
      this.plan.waves.map((wave) => [wave.number, standingOf(wave, this, this.#progress ?? this.derived)]),
    );
    return this.#standings;
  }

  /** Every wave is merged and calibrated. */
  get isComplete(): boolean {
    return this.plan.source !== 'block' && [...this.standings.values()].every(({ kind }) => kind === 'passed');
  }

  /** In mode `collaborative`: the wave that waits only for a person's approval. */
  get waveToApprove(): number | undefined {
    // A wave is shown with its issues, so they come first.
    if (this.config.mode !== 'collaborative' || this.plan.source === 'block') return undefined;
    const next = this.plan.waves.find((wave) => this.standings.get(wave.number)?.kind !== 'passed');
    return next && !this.journal.approvedWaves.includes(next.number) ? next.number : undefined;
  }

  /** Segments that may start at this moment, and what each other open segment waits for. */
  get startable(): Startable {
    this.#startable ??= startable({
      plan: this.plan,
      states: new Map([...this.derived].map(([segment, progress]) => [segment, segmentState(this, segment, progress)])),
      held: startHolds(this),
      config: this.config,
      options: this.journal.options,
      elapsedMinutes: this.#elapsedMinutes(),
    });
    return this.#startable;
  }

  /** Everything that people are shown. */
  get board(): Board {
    this.#board ??= makeBoard(this);
    return this.#board;
  }

  get segments(): ReadonlyMap<IssueNumber, Segment> {
    this.#segments ??= new Map(this.plan.segments.map((segment) => [segment.number, segment]));
    return this.#segments;
  }

  /** All issues that can be segments, the epic itself included. */
  get issues(): ReadonlyMap<IssueNumber, Issue> {
    this.#issues ??= issuesOf(this.snapshot);
    return this.#issues;
  }

  get pulls(): ReadonlyMap<PullNumber, Pull> {
    this.#pulls ??= new Map(this.snapshot.pulls.map((pull) => [pull.number, pull]));
    return this.#pulls;
  }

  /** The number of each segment's wave. */
  get waveOf(): ReadonlyMap<IssueNumber, number> {
    this.#waveOf ??= new Map(
      this.plan.waves.flatMap((wave) => segmentsOf(wave).map((segment) => [segment, wave.number] as const)),
    );
    return this.#waveOf;
  }

  record(segment: IssueNumber): SegmentRecord {
    return recordOf(this.journal, segment);
  }

  /** The pull request that the segment published last. */
  publishedPull(segment: IssueNumber): Pull | undefined {
    return publishedPull(this.snapshot, this.record(segment));
  }

  #withWaits(): Progresses {
    const progress = new Map(this.derived);
    for (const [segment, reasons] of this.startable.waiting) {
      if (progress.get(segment)?.kind === 'ready') progress.set(segment, { kind: 'waiting', for: reasons });
    }
    return progress;
  }

  /** Since the latest claim of each segment. */
  #elapsedMinutes(): ReadonlyMap<IssueNumber, number> {
    return new Map(
      this.plan.segments.flatMap(({ number }) => {
        const last = this.record(number).attempts.at(-1);
        return last ? [[number, Math.max(0, this.now - last.claimedAt) / 60_000] as const] : [];
      }),
    );
  }
}
