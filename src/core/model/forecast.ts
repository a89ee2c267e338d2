import type { IssueNumber } from './epic.ts';

/** Minutes and money, as far as anything is known of them. */
export interface Forecast {
  readonly criticalPathMinutes: number;
  /** By the best schedule found. */
  readonly makespanMinutes: number;
  /** No schedule under the caps can be shorter. */
  readonly boundMinutes: number;
  readonly oneAtATimeMinutes: number;
  /** Longest chain, first to last. */
  readonly criticalPath: readonly IssueNumber[];
  /** How many segments had an estimate of their own. */
  readonly estimated: number;
  readonly basis: Basis;
  /** One time of ten it takes less than the first, one of ten more than the last; undefined where nothing is foreseen. */
  readonly minutes?: Range;
  /** Dollars; undefined until segments of earlier epics told what they cost. */
  readonly costUsd?: Range;
  /** Of each segment, in minutes from the start: when it starts, and how long it is expected to take. */
  readonly timetable: Readonly<Record<number, { readonly start: number; readonly takes: number }>>;
}

export interface Range {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** What the expected times rest on. */
export type Basis =
  /** So many segments of earlier epics were looked back at. */
  | { readonly kind: 'learned'; readonly segments: number }
  | { readonly kind: 'estimates'; readonly estimated: number }
  | { readonly kind: 'all alike' };
