/**
 * The plan as a value: what a dry run shows, what a person approves and what is performed are this same thing.
 *
 * Nouns only. `planner.ts` makes one; whatever asks a plan something imports it from here, so that what makes a plan
 * may ask them too.
 */

import type { Config } from './config.ts';
import type { IssueNumber, IssueRef, Segment, Worker } from './epic.ts';
import type { Forecast } from './forecast.ts';
import type { Diagnostic } from './problem.ts';

export interface Plan {
  /** Where the segments were read from (SPEC R1.1, R1.2). */
  readonly source: 'sub-issues' | 'task list' | 'the epic itself';
  readonly segments: readonly Segment[];
  readonly waves: readonly Wave[];
  /** Segments whose scopes overlap or that exclude one another: never in flight together. Pairs, smaller number first. */
  readonly overlaps: readonly Overlap[];
  /** Blockers outside the epic that are not closed as completed, by segment. */
  readonly waitsOutside: Readonly<Record<number, readonly IssueRef[]>>;
  /** All blockers outside the epic, closed ones too, by segment. */
  readonly outside: Readonly<Record<number, readonly IssueRef[]>>;
  readonly diagnostics: readonly Diagnostic[];
  readonly forecast: Forecast;
}

export interface Wave {
  /** From 1. */
  readonly number: number;
  readonly tracks: readonly Track[];
}

/** Segments of one wave that run one after the other because their scopes overlap. */
export interface Track {
  /** `A`, `B`, … `Z`, `AA` …: unique within a wave. */
  readonly letter: string;
  /** After what their files share: `src/auth`. */
  readonly name: string;
  readonly segments: readonly IssueNumber[];
}

export interface Overlap {
  readonly a: IssueNumber;
  readonly b: IssueNumber;
  readonly why: /** `doubt`: said to be on the safe side, not proved. */
    | { readonly kind: 'files'; readonly a: string; readonly b: string; readonly doubt?: Doubt }
    | { readonly kind: 'conflicts-with' }
    | { readonly kind: 'scope unknown' }
    | { readonly kind: 'not parallel' };
}

/** The segments of a wave, track by track. */
export const segmentsOf = (wave: Wave): readonly IssueNumber[] => wave.tracks.flatMap((track) => track.segments);

/** Why an overlap is said without being proved: to run two segments one after the other is never wrong. */
export type Doubt = 'negation' | 'not read' | 'not compared';

/** Each with the minutes it would save; nothing that saves less than a few is told. */
export interface Advice {
  /** The one that is chosen. */
  readonly schedule: Config['schedule'];
  /** The whole by either schedule. */
  readonly wavesMinutes: number;
  readonly eagerMinutes: number;
  /** The one more place that brings most: in all, or for a worker. */
  readonly place?: { readonly of: 'all' | Worker; readonly from: number; readonly savesMinutes: number };
  readonly dependency?: { readonly from: IssueNumber; readonly on: IssueNumber; readonly savesMinutes: number };
  readonly overlap?: {
    readonly a: IssueNumber;
    readonly b: IssueNumber;
    readonly why: Overlap['why'];
    readonly savesMinutes: number;
  };
}

export const segmentsInWave = ({ waves }: Plan, number: number): readonly IssueNumber[] => {
  const wave = waves.find((each) => each.number === number);
  return wave ? segmentsOf(wave) : [];
};
