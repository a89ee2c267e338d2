/**
 * The check at a wave's end: is the merged whole sound, and is every criterion of the wave met? (SPEC R7.1)
 *
 * A calibration speaks for one commit of the base. It holds while no segment of its wave was merged after it.
 */

import type { WaveProgress } from '#core/model/board';
import type { Criterion, IssueNumber, Segment } from '#core/model/epic';
import type { Calibration, SegmentRecord } from '#core/model/journal';
import { latestReport, recordOf } from '#core/model/journal-lenses';
import { segmentsOf, type Wave } from '#core/model/plan';
import type { Problem } from '#core/model/problem';
import { isDone, isLeftOut, type Progresses, type WaveStanding } from '#core/model/progress';
import type { CouncilFinding, Finding, Mends, Report } from '#core/model/report';
import type { Facts } from './progress.ts';

/** The standing of a wave, from its first open segment to the calibration that passed. */
export function standingOf(wave: Wave, { journal, config }: Facts, progresses: Progresses): WaveStanding {
  const segments = segmentsOf(wave).filter((number) => !isLeftOut(progresses.get(number)));
  if (segments.some((number) => !isDone(progresses.get(number)))) return { kind: 'open' };
  const rounds = journal.calibrations[wave.number] ?? [];
  const last = rounds.at(-1);
  // A wave in which nothing was merged by this execution has nothing to calibrate, unless something serious was found.
  const isToCalibrate = (number: IssueNumber): boolean =>
    progresses.get(number)?.kind === 'merged' ||
    (progresses.get(number)?.kind === 'answered' && seriousFindings(recordOf(journal, number)).length > 0);
  if (!last && !segments.some(isToCalibrate)) return { kind: 'passed', round: 0 };
  if (!last) return { kind: 'to calibrate', round: 1 };
  const counted = rounds.slice(Math.max(journal.forgivenRounds[wave.number] ?? 0, lastPassed(rounds)));
  if (last.lost) {
    const lost = counted.length - 1 - counted.findLastIndex((each) => !each.lost);
    return lost < config.attempts
      ? { kind: 'to calibrate', round: last.round + 1 }
      : { kind: 'stopped', problem: diedTooOften(last.lost, lost) };
  }
  if (!last.verdict) return { kind: 'calibrating', round: last.round };
  const stale = mergedAfter(last, segments, progresses);
  if (last.verdict.kind === 'passed') {
    return stale ? { kind: 'to calibrate', round: last.round + 1 } : { kind: 'passed', round: last.round };
  }
  const failed = counted.filter((each) => each.verdict?.kind === 'failed').length;
  const { findings } = last.verdict;
  if (failed >= config.calibrationRounds) return { kind: 'stopped', problem: limit(wave, last.round, findings) };
  return stale || counted.length === 0
    ? { kind: 'to calibrate', round: last.round + 1 }
    : { kind: 'failed', round: last.round, findings };
}

/**
 * The failed round whose fix segments are to be made. This holds even when the first of them exists: making them takes
 * several acts, and the process can die after any of them.
 */
export function roundToFix(
  wave: Wave,
  { journal, config }: Pick<Facts, 'journal' | 'config'>,
): { readonly round: number; readonly findings: readonly Finding[] } | undefined {
  const rounds = journal.calibrations[wave.number] ?? [];
  const last = rounds.at(-1);
  if (last?.verdict?.kind !== 'failed') return undefined;
  const counted = rounds.slice(Math.max(journal.forgivenRounds[wave.number] ?? 0, lastPassed(rounds)));
  const failed = counted.filter((each) => each.verdict?.kind === 'failed').length;
  return failed < config.calibrationRounds ? { round: last.round, findings: last.verdict.findings } : undefined;
}

/** Rounds up to the last one that passed are settled: they count against nothing. */
const lastPassed = (rounds: readonly Calibration[]): number =>
  rounds.findLastIndex((each) => each.verdict?.kind === 'passed') + 1;

function diedTooOften(last: NonNullable<Calibration['lost']>, times: number): Problem {
  if (last.kind === 'failed') return last.problem;
  const conclusion = last.kind === 'lost' ? last.conclusion : 'cancelled';
  return { kind: 'RUN_LOST', conclusion, attempts: times };
}

const limit = (wave: Wave, rounds: number, findings: readonly Finding[]): Problem => ({
  kind: 'CALIBRATION_LIMIT',
  wave: wave.number,
  rounds,
  findings: findings.map((finding) => `${finding.subject}: ${finding.detail}`),
});

const mergedAfter = (calibration: Calibration, segments: readonly IssueNumber[], progresses: Progresses): boolean =>
  segments.some((number) => progresses.get(number)?.kind === 'merged' && !calibration.covers.includes(number));

export function waveProgress(standing: WaveStanding): WaveProgress['calibration'] {
  switch (standing.kind) {
    case 'open':
    case 'to calibrate':
      return { kind: 'not yet' };
    case 'calibrating':
      return { kind: 'running', round: standing.round };
    case 'passed':
      return { kind: 'passed', round: standing.round };
    case 'failed':
      return { kind: 'failed', round: standing.round, findings: standing.findings };
    case 'stopped':
      return {
        kind: 'failed',
        round: standing.problem.kind === 'CALIBRATION_LIMIT' ? standing.problem.rounds : 0,
        findings: [],
      };
  }
}

/** The criteria that a wave left open, without evidence, as findings. Gates are the calibration job's part. */
export const coverageFindings = (
  segments: readonly { readonly segment: Segment; readonly left: readonly Criterion[] }[],
): readonly Finding[] =>
  segments
    .filter(({ left }) => left.length > 0)
    .map(({ segment, left }) => ({
      check: 'coverage',
      subject: `#${segment.number}`,
      detail: left.map((criterion) => `${criterion.id}: ${criterion.text}`).join('\n'),
      mends: { issue: segment.number, criteria: left.map(({ id, text }) => ({ id, text })) },
    }));

/**
 * Serious findings of security segments, as findings of the wave. Each segment's findings count once: their fix is a
 * round of this wave, and the next round does not report them again (SPEC R5.9, R7.1).
 */
export const securityFindings = (
  reports: readonly { readonly number: IssueNumber; readonly report: Report | undefined }[],
  rounds: readonly Calibration[],
): readonly Finding[] =>
  reports.flatMap(({ number, report }): readonly Finding[] => {
    const subject = `#${number}`;
    const isReported = rounds.some(
      ({ verdict }) =>
        verdict?.kind === 'failed' &&
        verdict.findings.some((each) => each.check === 'security' && each.subject === subject),
    );
    const serious = seriousIn(report);
    if (isReported || serious.length === 0) return [];
    return [{ check: 'security', subject, detail: serious.map(sayFinding).join('\n') }];
  });

/** Of a segment that looks for them, in its latest report. */
const seriousFindings = (record: SegmentRecord): readonly CouncilFinding[] =>
  record.attempts.at(-1)?.worker === 'security' ? seriousIn(latestReport(record)) : [];

const seriousIn = (report: Report | undefined): readonly CouncilFinding[] =>
  (report?.course?.findings ?? []).filter(({ severity }) => severity !== 'minor');

export const sayFinding = ({ file, line, severity, why }: CouncilFinding): string =>
  `${file}:${line} (${severity}): ${why}`;

/**
 * The criteria that a merged segment has met: an agent named a test or a reason, in any work of it that was published, or
 * somebody ticked them in the issue. Any other criterion stays open, and the calibration reports it. An approval is about the
 * change, and says nothing of a criterion that the change does not show.
 */
export function metCriteria(segment: Segment, { attempts }: SegmentRecord): ReadonlySet<string> {
  const ticked = segment.spec.criteria.filter(({ state }) => state === 'met');
  const said = attempts.flatMap(({ outcome }) => (outcome?.kind === 'published' ? outcome.report.agent.criteria : []));
  return new Set([...ticked, ...said.filter(({ evidence }) => evidence.trim() !== '')].map(({ id }) => id));
}

/**
 * The criteria of another segment that a merged fix segment has met. Its own criteria stand in the same order, one for
 * each. Their ids may differ, because criteria without an id are numbered per issue.
 */
export function fixedCriteria(fix: Segment, mends: Mends, met: ReadonlySet<string>): ReadonlySet<string> {
  const own = fix.spec.criteria;
  if (own.length !== mends.criteria.length) return new Set();
  return new Set(mends.criteria.filter((_, at) => met.has(own[at]?.id ?? '')).map(({ id }) => id));
}

/** The issue's text with those criteria ticked; nothing else of a person's text is ever changed (SPEC R6.6). */
export function tick(body: string, criteria: readonly Criterion[], met: ReadonlySet<string>): string {
  // Lines alternate with the breaks between them, so that every break stays as it was written.
  const parts = body.split(/(\r\n|\n|\r)/);
  for (const criterion of criteria) {
    if (criterion.state === 'met' || !met.has(criterion.id)) continue;
    const at = (criterion.line - 1) * 2;
    const line = parts[at];
    if (line !== undefined) parts[at] = line.replace(/^(\s*(?:[-*+]|\d+[.)])\s+)\[ \]/, '$1[x]');
  }
  return parts.join('');
}

/** Gate findings usually share one cause: one fix segment gets them all. Each coverage finding gets its own. */
export function fixesFor(findings: readonly Finding[]): readonly Finding[] {
  const gates = findings.filter((finding) => finding.check !== 'coverage');
  const coverage = findings.filter((finding) => finding.check === 'coverage');
  const first = gates[0];
  if (!first) return coverage;
  const whole: Finding = {
    check: first.check,
    subject: gates.map((finding) => finding.subject).join(', '),
    detail: gates.map((finding) => finding.detail).join('\n\n'),
  };
  return [whole, ...coverage];
}
