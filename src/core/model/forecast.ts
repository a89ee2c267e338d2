import type { IssueNumber } from './epic.ts';

/** How long an epic takes and how much it costs, as far as that is known. */
export interface Forecast {
  readonly criticalPathMinutes: number;
  /** By the best schedule found. */
  readonly makespanMinutes: number;
  /** No schedule under the caps can be shorter. */
  readonly boundMinutes: number;
  readonly oneAtATimeMinutes: number;
  /** The longest chain, first to last. */
  readonly criticalPath: readonly IssueNumber[];
  /** How many segments have an estimate of their own. */
  readonly estimated: number;
  readonly basis: Basis;
  /** 80 % likely between `low` and `high`; undefined without a forecast. */
  readonly minutes?: Range;
  /** In US dollars; undefined until segments of earlier epics have reported their cost. */
  readonly costUsd?: Range;
  /** For each segment, in minutes: when it starts, from the start of the epic, and how long it is expected to take. */
  readonly timetable: Readonly<Record<number, { readonly start: number; readonly takes: number }>>;
}

export interface Range {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** The source of the expected times. */
export type Basis =
  /** Learned from this many segments of earlier epics. */
  | { readonly kind: 'learned'; readonly segments: number }
  | { readonly kind: 'estimates'; readonly estimated: number }
  | { readonly kind: 'all alike' };
