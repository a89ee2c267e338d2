/**
 * A board as `decide` would give it, for the texts made of it: five segments in two waves, one of each kind of news.
 */

import type { Board, SegmentProgress } from '../../src/core/model/board.ts';
import {
  headSha,
  type Instant,
  instant,
  issueNumber as issue,
  pullNumber as pull,
  type Segment,
} from '../../src/core/model/epic.ts';
import type { Progress } from '../../src/core/model/progress.ts';
import type { GateResult, Report } from '../../src/core/model/report.ts';

const START = Date.UTC(2026, 10, 21, 10, 5);
export const at = (minutes: number): Instant => instant(START + minutes * 60_000);

export const segmentOf = (
  number: number,
  title: string,
  blockedBy: readonly number[] = [],
  slug = `s-${number}`,
): Segment => ({
  number: issue(number),
  title,
  spec: {
    type: 'feat',
    slug,
    commitScope: 'cart',
    worker: 'implementation',
    skills: [],
    files: ['src/cart/**'],
    filesFrom: 'stated',
    priority: 2,
    context: [],
    conflictsWith: [],
    dependsOn: [],
    parallel: true,
    criteria: [{ id: 'AC-1', text: 'an empty cart costs nothing', line: 4, state: 'open' }],
  },
  blockedBy: blockedBy.map(issue),
  branch: `feat/${slug}`,
});

export const GATES: readonly GateResult[] = [
  { gate: 'lint', verdict: 'pass', command: 'npm run lint', durationMs: 1_200, output: '' },
  { gate: 'tests', verdict: 'pass', command: 'npm test', durationMs: 64_000, output: '' },
  { gate: 'build', verdict: 'not applicable', command: 'there is no build script', durationMs: 0, output: '' },
];

export const reportOf = (segment: number, words = 'Did it.'): Report => ({
  version: 1,
  attempt: `${segment}-1`,
  segment,
  runId: 77,
  result: { kind: 'ready', branch: 'feat/x', head: headSha('a'.repeat(40)) },
  tries: 2,
  validation: GATES,
  files: ['src/cart/cart.ts', 'test/cart.test.ts'],
  attention: [],
  agent: { summary: words, assumptions: [], criteria: [{ id: 'AC-1', evidence: words }] },
  costUsd: 0.4,
  durationMs: 95_000,
  finishedAt: at(3),
});

interface Row {
  readonly number: number;
  readonly wave: number;
  readonly progress: Progress;
  readonly title?: string;
  readonly blockedBy?: readonly number[];
  readonly report?: Report;
}

const rows = (title: (plain: string) => string): readonly Row[] => [
  {
    number: 14,
    wave: 1,
    title: title('Add the cart'),
    progress: { kind: 'merged', pull: pull(31), at: at(9) },
    report: reportOf(14),
  },
  { number: 15, wave: 1, title: title('Add the price'), progress: { kind: 'running', step: title('work: tests') } },
  {
    number: 16,
    wave: 1,
    title: title('Add the payment'),
    progress: {
      kind: 'in review',
      pull: pull(32),
      head: headSha('b'.repeat(40)),
      waits: [{ kind: 'approval', missing: 1 }],
    },
  },
  {
    number: 17,
    wave: 1,
    title: title('Add tax'),
    progress: { kind: 'blocked', problem: { kind: 'AGENT_TIMED_OUT', minutes: 60 } },
  },
  {
    number: 18,
    wave: 2,
    title: title('Add the receipt'),
    blockedBy: [14, 16],
    progress: { kind: 'waiting', for: [{ kind: 'wave', number: 1 }] },
  },
];

export const boardOf = (
  given: Partial<Board> = {},
  title = (plain: string): string => plain,
  own?: readonly Row[],
): Board => {
  const all = own ?? rows(title);
  const waves = [...new Set(all.map(({ wave }) => wave))];
  const shown = (row: Row): SegmentProgress => ({
    number: issue(row.number),
    title: row.title ?? '',
    track: 'A',
    progress: row.progress,
    branch: `feat/s-${row.number}`,
    attempts: row.progress.kind === 'waiting' ? 0 : 1,
    agent: 'BlueLake',
    validation: row.report?.validation ?? [],
    ...('pull' in row.progress ? { pull: row.progress.pull } : {}),
    ...(row.report ? { report: row.report, tries: row.report.tries, costUsd: 0.4 } : {}),
    fix: false,
  });
  return {
    epic: { number: issue(12), title: title('Checkout'), state: 'open' },
    phase: 'running',
    plan: {
      source: 'sub-issues',
      segments: all.map((row) => segmentOf(row.number, row.title ?? '', row.blockedBy)),
      waves: waves.map((number) => ({
        number,
        tracks: [
          {
            letter: 'A',
            name: title('src/cart'),
            segments: all.filter((r) => r.wave === number).map((r) => issue(r.number)),
          },
        ],
      })),
      overlaps: [],
      waitsOutside: {},
      outside: {},
      readings: {},
      diagnostics: [],
      isolation: 'auto',
      network: [],
      forecast: {
        criticalPathMinutes: 40,
        makespanMinutes: 55,
        boundMinutes: 50,
        oneAtATimeMinutes: 100,
        criticalPath: [issue(14), issue(18)],
        estimated: 0,
        basis: { kind: 'all alike' },
        minutes: { low: 40, middle: 58, high: 80 },
        timetable: {},
      },
    },
    waves: waves.map((number) => ({
      number,
      segments: all.filter((row) => row.wave === number).map(shown),
      calibration: { kind: 'not yet' },
    })),
    needs: [
      { kind: 'decide pull', segment: issue(16), pull: pull(32) },
      { kind: 'unblock', segment: issue(17), problem: { kind: 'AGENT_TIMED_OUT', minutes: 60 } },
    ],
    events: [
      { at: at(0), kind: 'STARTED' },
      { at: at(1), kind: 'CLAIMED', segment: issue(14), agent: title('BlueLake') },
      { at: at(9), kind: 'CLOSED', segment: issue(14), pull: pull(31) },
    ],
    startedAt: at(0),
    asOf: at(12),
    costUsd: 0.4,
    ...given,
  };
};
