/**
 * The plan as a value. A dry run shows it, a person approves it, and Swarm performs it: all three are this same value.
 *
 * `core/plan` makes plans. The types are here so that rooms before it can use them, too.
 */

import type { Config } from './config.ts';
import type { IssueNumber, IssueRef, Segment, Source, TextReading, Worker } from './epic.ts';
import type { Forecast } from './forecast.ts';
import type { Diagnostic } from './problem.ts';

export interface Plan {
  /** The source of the segments (SPEC R1.1, R1.2). */
  readonly source: 'sub-issues' | 'sub-issues of the block' | 'block' | 'task list' | 'the epic itself';
  /** Names of segments that have no issue yet, by the numbers that they have in this plan. */
  readonly names?: Readonly<Record<number, string>>;
  readonly segments: readonly Segment[];
  readonly waves: readonly Wave[];
  /** Pairs of segments that are never in flight together, the smaller number first. */
  readonly overlaps: readonly Overlap[];
  /** By segment, the blockers outside the epic that are not closed as completed. */
  readonly waitsOutside: Readonly<Record<number, readonly IssueRef[]>>;
  /** By segment, all blockers outside the epic, closed ones too. */
  readonly outside: Readonly<Record<number, readonly IssueRef[]>>;
  /** By segment, what was read from where (SPEC R1.9). The epic's own text is among them, unless the epic is the segment. */
  readonly readings: Readonly<Record<number, IssueReading>>;
  readonly diagnostics: readonly Diagnostic[];
  /** The walls that the config asks for. */
  readonly isolation: Config['isolation'];
  /** The places that the config adds to what agents and gates may reach behind walls. */
  readonly network: Config['network'];
  readonly forecast: Forecast;
  /** The gates do not run on the base before the first agent, because the config says so. */
  readonly baseline?: 'off';
}

export interface IssueReading extends TextReading {
  /** The reason why it is a segment of this epic. */
  readonly from?: Source;
  /** The segments of this epic that GitHub's own links say it waits for. They are many, so they have no `Source` each. */
  readonly linked: readonly IssueNumber[];
  /** The other issues and groups that it waits for, as often as they are named. */
  readonly waits: readonly Wait[];
}

export interface Wait {
  readonly on: IssueRef;
  readonly source: Source;
}

export interface Wave {
  /** From 1. */
  readonly number: number;
  readonly tracks: readonly Track[];
}

/** Segments of one wave that run one after the other because their scopes overlap. */
export interface Track {
  /** `A`, `B`, … `Z`, `AA` …; unique within a wave. */
  readonly letter: string;
  /** Named after the files that its segments share: `src/auth`. */
  readonly name: string;
  readonly segments: readonly IssueNumber[];
}

export interface Overlap {
  readonly a: IssueNumber;
  readonly b: IssueNumber;
  readonly why: /** With `doubt` the overlap is possible, but not proved. */
    | { readonly kind: 'files'; readonly a: string; readonly b: string; readonly doubt?: Doubt }
    | { readonly kind: 'conflicts-with' }
    | { readonly kind: 'scope unknown' }
    | { readonly kind: 'not parallel' };
}

/** The segments of a wave, track by track. */
export const segmentsOf = (wave: Wave): readonly IssueNumber[] => wave.tracks.flatMap((track) => track.segments);

/** Why an overlap is reported without proof. That is safe: running two segments one after the other is never wrong. */
export type Doubt = 'negation' | 'not read' | 'not compared';

/** Changes that would make the epic shorter, each with the minutes that it saves. Small savings are left out. */
export interface Advice {
  /** The schedule in use. */
  readonly schedule: Config['schedule'];
  /** How long the epic takes by either schedule. */
  readonly wavesMinutes: number;
  readonly eagerMinutes: number;
  /** The extra place that saves most: one more segment at a time in all, or one more for a worker. */
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
