/**
 * The outcome of an epic, for people and for programs (SPEC R7.3). Unknown values are left out of `summaryOf`, never
 * guessed.
 */

import type { Board, SegmentProgress } from '#core/model/board';
import type { Criterion } from '#core/model/epic';
import type { Progress } from '#core/model/progress';
import type { TestCounts } from '#core/model/report';
import { isTestFile } from '#core/scope/test-file';
import { outcomeOf, segmentsTable } from './panel.ts';
import { block, fitting } from './safe.ts';
import { count, duration, enumerate, money } from './voice.ts';

export interface Summary {
  readonly epic: { readonly number: number; readonly title: string; readonly state: 'open' | 'closed' };
  readonly phase: Board['phase'];
  readonly totals: {
    readonly waves: number;
    readonly wavesPassed: number;
    readonly segments: number;
    /** Merged, answered, or closed before this run. */
    readonly completed: number;
    /** Blocked: a person has to do something. */
    readonly failed: number;
    readonly skipped: number;
    readonly remaining: number;
    readonly fixes: number;
    readonly attempts: number;
    readonly files: number;
    /** Segments for which the gate `tests` reported a verdict, and those for which it passed. */
    readonly tested: number;
    readonly testsPassed: number;
    /** Tests that the runners of these segments counted; left out if none did. */
    readonly testsCounted?: TestCounts;
  };
  readonly waves: readonly {
    readonly number: number;
    readonly calibration: string;
    readonly rounds: number;
    readonly segments: readonly SegmentSummary[];
  }[];
  readonly elapsedMs?: number;
  readonly forecast: { readonly makespanMinutes: number; readonly oneAtATimeMinutes: number };
  readonly costUsd?: number;
}

export interface SegmentSummary {
  readonly issue: number;
  readonly title: string;
  readonly branch: string;
  readonly track: string;
  readonly status: Progress['kind'];
  readonly attempts: number;
  readonly tries: number;
  readonly pr: number | null;
  readonly fix: boolean;
  /** Verdict by gate, on a clean checkout. */
  readonly validation: Readonly<Record<string, string>>;
  /** The name of the latest attempt's agent. */
  readonly implementer: string | null;
  /** The agent that wrote the tests first, by its name in the config. */
  readonly tester: string | null;
  readonly council: 'approved' | 'rejected' | 'skipped' | null;
  readonly testsPassed: boolean | null;
  readonly tests?: TestCounts;
  readonly testFiles: readonly string[];
  readonly filesModified: readonly string[];
  readonly criteria: { readonly all: number; readonly withEvidence: number };
  /** Merged, and every gate passed or did not apply. */
  readonly verified: boolean;
  readonly costUsd?: number;
  readonly durationMs?: number;
}

const COMPLETED: readonly Progress['kind'][] = ['merged', 'answered', 'closed before'];
const FAILED: readonly Progress['kind'][] = ['blocked', 'not in this execution'];

/** The epic's outcome as plain data; the same board gives the same value. */
export const summaryOf = (board: Board): Summary => {
  const criteria = new Map(board.plan.segments.map(({ number, spec }) => [number as number, spec.criteria]));
  const waves = board.waves.map((wave) => ({
    number: wave.number,
    calibration: wave.calibration.kind,
    rounds: 'round' in wave.calibration ? wave.calibration.round : 0,
    segments: wave.segments.map((segment) => segmentSummary(segment, criteria.get(segment.number) ?? [])),
  }));
  const all = waves.flatMap((wave) => wave.segments);
  const countOf = (kinds: readonly Progress['kind'][]) => all.filter(({ status }) => kinds.includes(status)).length;
  const completed = countOf(COMPLETED);
  const failed = countOf(FAILED);
  const skipped = countOf(['skipped']);
  const until = board.endedAt ?? board.asOf;
  return {
    epic: board.epic,
    phase: board.phase,
    totals: {
      waves: waves.length,
      wavesPassed: waves.filter(({ calibration }) => calibration === 'passed').length,
      segments: all.length,
      completed,
      failed,
      skipped,
      remaining: all.length - completed - failed - skipped,
      fixes: all.filter(({ fix }) => fix).length,
      attempts: all.reduce((sum, { attempts }) => sum + attempts, 0),
      files: new Set(all.flatMap(({ filesModified }) => filesModified)).size,
      tested: all.filter(({ testsPassed }) => testsPassed !== null).length,
      testsPassed: all.filter(({ testsPassed }) => testsPassed === true).length,
      ...totalOf(all.flatMap(({ tests }) => tests ?? [])),
    },
    waves,
    ...(board.startedAt === undefined || until === undefined ? {} : { elapsedMs: until - board.startedAt }),
    forecast: {
      makespanMinutes: board.plan.forecast.makespanMinutes,
      oneAtATimeMinutes: board.plan.forecast.oneAtATimeMinutes,
    },
    ...(board.costUsd === undefined ? {} : { costUsd: board.costUsd }),
  };
};

const totalOf = (counts: readonly TestCounts[]): { readonly testsCounted?: TestCounts } => {
  const run = counts.reduce((sum, each) => sum + each.run, 0);
  return run === 0 ? {} : { testsCounted: { run, failed: counts.reduce((sum, each) => sum + each.failed, 0) } };
};

const segmentSummary = (segment: SegmentProgress, criteria: readonly Criterion[]): SegmentSummary => {
  const { report, validation, progress } = segment;
  const course = report?.course;
  const verdicts = validation.map(({ gate, verdict }) => [gate, verdict] as const);
  const { verdict: tests, tests: counted } = validation.find(({ gate }) => gate === 'tests') ?? {};
  const files = report?.files ?? [];
  const evidence = new Set(report?.agent.criteria.map(({ id }) => id) ?? []);
  const green =
    verdicts.length > 0 && verdicts.every(([, verdict]) => verdict === 'pass' || verdict === 'not applicable');
  return {
    issue: segment.number,
    title: segment.title,
    branch: segment.branch,
    track: segment.track,
    status: progress.kind,
    attempts: segment.attempts,
    tries: segment.tries ?? 0,
    pr: segment.pull ?? null,
    fix: segment.fix,
    validation: Object.fromEntries(verdicts),
    implementer: segment.agent ?? null,
    tester: course?.pair.kind === 'written' ? course.pair.tester : null,
    council: course?.council.kind ?? null,
    testsPassed: tests === undefined || tests === 'not applicable' ? null : tests === 'pass',
    ...(counted ? { tests: counted } : {}),
    testFiles: files.filter(isTestFile),
    filesModified: files,
    criteria: { all: criteria.length, withEvidence: criteria.filter(({ id }) => evidence.has(id)).length },
    verified: progress.kind === 'merged' && green,
    ...(segment.costUsd === undefined ? {} : { costUsd: segment.costUsd }),
    ...(report === undefined ? {} : { durationMs: report.durationMs }),
  };
};

/** The summary for the epic's last comment and for a job's page: numbers, next steps, a table, and folded JSON. */
export const saySummary = (board: Board): string => {
  const summary = summaryOf(board);
  const { totals, forecast, elapsedMs, costUsd } = summary;
  const numbers = [
    `**Waves** ${totals.wavesPassed} of ${totals.waves} calibrated`,
    `**Segments** ${totals.completed} completed, ${totals.failed} blocked, ${totals.skipped} skipped, ${totals.remaining} remaining` +
      (totals.fixes > 0 ? ` (including ${count(totals.fixes, 'fix segment')})` : ''),
    `**Tests** passed in ${totals.testsPassed} of ${count(totals.tested, 'segment')} that ran them${sayCounts(totals.testsCounted)}`,
    `**Files** ${count(totals.files, 'file')} changed in ${count(totals.attempts, 'attempt')}`,
    `**Time** ${elapsedMs === undefined ? 'not started' : duration(elapsedMs)}; forecast ${duration(forecast.makespanMinutes * 60_000)}, one at a time ${duration(forecast.oneAtATimeMinutes * 60_000)}`,
    `**Cost** ${costUsd === undefined ? 'unknown' : money(costUsd)}`,
    `**Next** ${nextSteps(board, summary)}`,
  ].map((line) => `- ${line}`);
  const json = JSON.stringify(summary, null, 1);
  return fitting((share) =>
    [
      `**${outcomeOf(board)}**`,
      numbers.join('\n'),
      segmentsTable(board, 200 * share),
      // Truncated JSON is invalid: show all of it or none.
      json.length <= 30_000 * share
        ? `<details><summary>As JSON</summary>\n\n${block(json, { language: 'json', max: 60_000 })}\n\n</details>`
        : `The JSON is too long to show here (${count(json.length, 'character')}).`,
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
};

const sayCounts = (counts: TestCounts | undefined): string =>
  counts ? ` (${count(counts.run, 'test')}, ${counts.failed} failed)` : '';

const nextSteps = (board: Board, { totals }: Summary): string => {
  const blocked = board.waves
    .flatMap((wave) => wave.segments)
    .filter(({ progress }) => FAILED.includes(progress.kind))
    .map(({ number }) => `#${number}`);
  if (blocked.length > 0) return `review the blocked segments ${enumerate(blocked, 20)}.`;
  if (totals.remaining > 0) return '`/swarm resume` continues from what GitHub shows.';
  return 'release it.';
};

/** The board as plain lines for a log: the outcome and each segment. */
export const boardText = (board: Board): string => {
  const lines = [outcomeOf(board)];
  for (const wave of board.waves) {
    for (const [index, segment] of wave.segments.entries()) {
      const pull = segment.pull === undefined ? '' : `PR #${segment.pull}`;
      const label = index === 0 ? `wave ${wave.number}` : '';
      lines.push(
        `${label.padEnd(9)}#${String(segment.number).padEnd(5)}${segment.progress.kind.padEnd(12)}${pull.padEnd(9)}${segment.fix ? 'fix ' : ''}${segment.branch}`.trimEnd(),
      );
    }
  }
  return lines.join('\n');
};
