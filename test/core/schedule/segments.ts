/** Segments for tests, told in a few words, and the plan of them. */
import type { Config } from '../../../src/core/model/config.ts';
import {
  type IssueNumber,
  issueNumber,
  type Priority,
  type Segment,
  type Worker,
} from '../../../src/core/model/epic.ts';
import type { SegmentHistory } from '../../../src/core/model/journal.ts';
import type { Overlap, Plan } from '../../../src/core/model/plan.ts';
import { planSegments } from '../../../src/core/plan/planner.ts';
import { config } from '../facts.ts';
import type { Work } from './work.ts';

export interface Facts {
  readonly after?: readonly number[];
  /** Its estimate. */
  readonly minutes?: number;
  readonly worker?: Worker;
  readonly persona?: string;
  readonly priority?: Priority;
  readonly files?: readonly string[];
  readonly parallel?: boolean;
  readonly fixes?: number;
}

export const number = issueNumber;
export const numbers = (...all: number[]): readonly IssueNumber[] => all.map(issueNumber);

export const segment = (
  of: number,
  { after = [], minutes, worker = 'implementation', persona, priority = 2, files, parallel = true, fixes }: Facts = {},
): Segment => ({
  number: issueNumber(of),
  title: `Segment ${of}`,
  spec: {
    type: 'feat',
    slug: `segment-${of}`,
    worker,
    ...(persona === undefined ? {} : { persona }),
    skills: [],
    files: files ?? [`src/s${of}/**`],
    filesFrom: 'stated',
    priority,
    ...(minutes === undefined ? {} : { estimateMinutes: minutes }),
    context: [],
    conflictsWith: [],
    dependsOn: [],
    parallel,
    criteria: [],
  },
  blockedBy: after.map(issueNumber),
  branch: `feat/segment-${of}`,
  ...(fixes === undefined ? {} : { fix: { wave: fixes, round: 1 } }),
});

/** Segments from #2 on. */
export const segmentsOf = (...all: readonly Facts[]): readonly Segment[] =>
  all.map((facts, at) => segment(at + 2, facts));

/** `2 3` says that #2 and #3 exclude each other. */
export const apart = (...pairs: readonly string[]): readonly Overlap[] =>
  pairs.map((pair) => {
    const [a = 0, b = 0] = pair.split(' ').map(Number);
    return { a: issueNumber(a), b: issueNumber(b), why: { kind: 'conflicts-with' } };
  });

export const eager = (changes: Partial<Config> = {}): Config => config({ schedule: 'eager', ...changes });
export const inWaves = (changes: Partial<Config> = {}): Config => config({ schedule: 'waves', ...changes });

export const planOf = (
  segments: readonly Segment[],
  settings: Config,
  { conflicts = [], earlier = [] }: { conflicts?: readonly string[]; earlier?: readonly SegmentHistory[] } = {},
): Plan => ({
  source: 'sub-issues',
  segments,
  ...planSegments(segments, settings, {
    statedConflicts: apart(...conflicts).map(({ a, b }) => [a, b] as const),
    earlier,
  }),
  waitsOutside: {},
  outside: {},
  readings: {},
  diagnostics: [],
  isolation: 'auto',
  network: [],
});

/** The pieces of a work as segments, its first resource as the places in all. */
export const asSegments = ({ pieces, waits, apart: pairs, capacity: [places = 0] }: Work) => ({
  segments: pieces.map(({ duration }, at) =>
    segment(at + 2, { minutes: duration, after: waits.flatMap(([from, on]) => (from === at ? [on + 2] : [])) }),
  ),
  conflicts: pairs.map(([a, b]) => `${b + 2} ${a + 2}`),
  places,
});
