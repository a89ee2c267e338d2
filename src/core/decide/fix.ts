/**
 * Wave boundaries: the merged whole is calibrated, and segments of their own fix what a calibration finds (SPEC R7.1).
 */

import { enforcedScope, type IssueNumber } from '#core/model/epic';
import type { Dispatch } from '#core/model/journal';
import { actKeys, isForRedGate, latestReport, withCalibration } from '#core/model/journal-lenses';
import { segmentsInWave, type Wave } from '#core/model/plan';
import type { Finding } from '#core/model/report';
import { coverageFindings, fixesFor, roundToFix, securityFindings } from './calibration.ts';
import { nextDispatchId, send } from './dispatch.ts';
import type { Draft } from './draft.ts';
import { isChanged } from './progress.ts';
import type { Situation } from './situation.ts';

/** A round that passed its gates still fails while a criterion of its wave is open and without evidence. */
export function judgeCoverage(situation: Situation, draft: Draft): void {
  for (const [key, rounds] of Object.entries(situation.journal.calibrations)) {
    const wave = Number(key);
    const last = rounds.at(-1);
    if (last?.verdict?.kind !== 'passed' || last.judged) continue;
    const findings = [
      ...coverageFindings(openCriteria(situation, wave)),
      ...securityFindings(securityReports(situation, wave), rounds),
    ];
    if (findings.length === 0) draft.record({ kind: 'WAVE COMPLETE', wave });
    draft.journal = withCalibration(draft.journal, wave, last.round, (calibration) => ({
      ...calibration,
      judged: true,
      ...(findings.length === 0 ? {} : { verdict: { kind: 'failed', at: draft.now, findings } }),
    }));
  }
}

const openCriteria = (situation: Situation, wave: number) =>
  segmentsInWave(situation.plan, wave).flatMap((number) => {
    const segment = situation.segments.get(number);
    const issue = situation.issues.get(number);
    const isMerged = situation.derived.get(number)?.kind === 'merged';
    if (!segment || !issue || !isMerged || isChanged(situation.journal, issue)) return [];
    // This round shows that its gate passes.
    if (isForRedGate(situation.record(number).fix)) return [];
    return [{ segment, left: segment.spec.criteria.filter(({ state }) => state === 'open') }];
  });

const securityReports = (situation: Situation, wave: number) =>
  segmentsInWave(situation.plan, wave)
    .filter((number) => situation.segments.get(number)?.spec.worker === 'security')
    .filter((number) => ['merged', 'answered'].includes(situation.derived.get(number)?.kind ?? ''))
    .map((number) => ({ number, report: latestReport(situation.record(number)) }));

/** Dispatches calibrations, and has fix segments made of what failed ones found. */
export function calibrate(situation: Situation, draft: Draft): void {
  for (const wave of situation.plan.waves) {
    startCalibration(situation, draft, wave);
    const failed = roundToFix(wave, { journal: draft.journal, config: situation.config });
    if (failed && !situation.isStopped) makeFixes(situation, draft, wave.number, failed);
    const standing = situation.standings.get(wave.number);
    if (standing?.kind !== 'stopped') continue;
    draft.once({
      kind: 'say',
      key: `calibration-stopped:${wave.number}:${(situation.journal.calibrations[wave.number] ?? []).length}`,
      on: situation.snapshot.epic.number,
      notice: { kind: 'calibration stopped', problem: standing.problem, owner: draft.owner },
      reason: { kind: 'calibration failed', wave: wave.number, tooOften: true },
    });
  }
}

function startCalibration(situation: Situation, draft: Draft, { number: wave }: Wave): void {
  const { plan, standings, config, journal, errors } = situation;
  const standing = standings.get(wave);
  if (standing?.kind !== 'to calibrate' || journal.phase !== 'running' || errors.length > 0) return;
  // In schedule `waves` a wave is calibrated after the one before it.
  const before = plan.waves.findLast(({ number }) => number < wave);
  if (config.schedule === 'waves' && before && standings.get(before.number)?.kind !== 'passed') return;
  const id = nextDispatchId(situation, draft);
  if (id === undefined) return;
  const { round } = standing;
  const { head, proof } = situation.snapshot.base;
  const proven = proof === undefined || config.baseline === 'off' ? {} : { proof };
  const dispatch: Dispatch = { id, at: draft.now, work: { kind: 'calibration', wave, round } };
  const covers = segmentsInWave(situation.plan, wave).filter(
    (number) => situation.progress.get(number)?.kind === 'merged',
  );
  const rounds = draft.journal.calibrations[wave] ?? [];
  draft.journal = {
    ...draft.journal,
    dispatches: { ...draft.journal.dispatches, [id]: dispatch },
    calibrations: {
      ...draft.journal.calibrations,
      [wave]: [...rounds, { round, base: head, ...proven, dispatch: id, at: draft.now, covers }],
    },
  };
  send(draft, dispatch, { kind: 'wave merged', wave, round });
}

function makeFixes(
  situation: Situation,
  draft: Draft,
  wave: number,
  { round, findings }: { readonly round: number; readonly findings: readonly Finding[] },
): void {
  const { epic } = situation.snapshot;
  const files = filesOf(situation, wave);
  const made: IssueNumber[] = [];
  const wanted = fixesFor(findings);
  wanted.forEach((finding, index) => {
    const key = actKeys.fix(epic.number, wave, round, index + 1);
    const state = draft.once({
      kind: 'make issue',
      key,
      notice: { kind: 'fix segment', wave, round, finding, files, epic: epic.number },
      parent: epic.number,
      parentId: epic.id,
      reason: { kind: 'calibration found', wave, subject: finding.subject },
    });
    const result = draft.journal.acts[key]?.result;
    if (state === 'done' && result !== undefined) made.push(result as IssueNumber);
  });
  if (made.length < wanted.length) return;
  const said = draft.once({
    kind: 'say',
    key: `calibration-failed:${wave}:${round}`,
    on: epic.number,
    notice: { kind: 'calibration failed', wave, round, findings, fixes: made },
    reason: { kind: 'calibration failed', wave, tooOften: false },
  });
  if (said === 'under way') draft.record({ kind: 'CALIBRATION FAILED', wave });
}

/** The files that the wave's segments may change: a fix may touch any of them. Empty if one may change all files. */
const filesOf = (situation: Situation, wave: number): readonly string[] => {
  const scopes = segmentsInWave(situation.plan, wave).flatMap((number) => {
    const issue = situation.issues.get(number);
    const segment = situation.segments.get(number);
    return issue && segment && !isChanged(situation.journal, issue) ? [enforcedScope(segment.spec)] : [];
  });
  return scopes.some((scope) => scope.length === 0) ? [] : [...new Set(scopes.flat())].sort();
};

/**
 * Makes a segment of everything that people found at acceptance. These are fix segments of the last wave, in a round of
 * their own, so that the wave is calibrated again after them.
 */
export function makeFollowUps({ snapshot: { epic } }: Situation, draft: Draft): void {
  draft.journal.followUps.forEach(({ wave, by, what, withdrawn }, index) => {
    if (withdrawn) return;
    draft.once({
      kind: 'make issue',
      key: actKeys.followUp(epic.number, wave, index),
      notice: { kind: 'follow-up segment', by, what, epic: epic.number },
      parent: epic.number,
      parentId: epic.id,
      reason: { kind: 'found at acceptance', by, what },
    });
  });
}
