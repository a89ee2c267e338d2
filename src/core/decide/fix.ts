/** Wave boundaries: the merged whole is checked, and what is found there is mended by segments of its own. */

import type { Config } from '#core/model/config';
import type { IssueNumber } from '#core/model/epic';
import type { Dispatch } from '#core/model/journal';
import { actKeys, recordOf, withCalibration } from '#core/model/journal-lenses';
import type { Plan } from '#core/model/plan';
import type { Progresses, WaveStanding } from '#core/model/progress';
import type { Finding } from '#core/model/report';
import { errorsOf, latestReport, segmentsInWave } from './board.ts';
import { coverageFindings, fixesFor, roundToMend, securityFindings, standingOf } from './calibration.ts';
import { nextDispatchId, send } from './dispatch.ts';
import { type Draft, isChanged, isStopped, leafOf, ownerOf } from './draft.ts';

/** Wave boundaries: dispatch calibrations, judge their criteria, have fix segments made (SPEC R7.1). */
export function calibrate(
  draft: Draft,
  plan: Plan,
  progresses: Progresses,
  config: Config,
): ReadonlyMap<number, WaveStanding> {
  judgeCoverage(draft, plan, progresses);
  const standings = new Map<number, WaveStanding>();
  let before: WaveStanding = { kind: 'passed', round: 0 };
  for (const wave of plan.waves) {
    const standing = standingOf(wave, progresses, draft.journal, config);
    standings.set(wave.number, standing);
    const mayGo = draft.journal.phase === 'running' && (before.kind === 'passed' || config.schedule === 'eager');
    if (standing.kind === 'to calibrate' && mayGo && errorsOf(draft.snapshot, plan, draft.journal).length === 0) {
      startCalibration(draft, plan, wave.number, standing.round, progresses, config);
    }
    const failed = roundToMend(wave, draft.journal, config);
    if (failed && !isStopped(draft)) makeFixes(draft, plan, wave.number, failed.round, failed.findings);
    if (standing.kind === 'stopped') {
      draft.once({
        kind: 'say',
        key: `calibration-stopped:${wave.number}:${(draft.journal.calibrations[wave.number] ?? []).length}`,
        on: draft.snapshot.epic.number,
        notice: { kind: 'calibration stopped', problem: standing.problem, owner: ownerOf(draft) },
        reason: `wave ${wave.number} failed its calibration too often`,
      });
    }
    before = standing;
  }
  makeFollowUps(draft);
  return standings;
}

/** A round that passed its gates fails all the same while a criterion of its wave is open and without evidence. */
function judgeCoverage(draft: Draft, plan: Plan, progresses: Progresses): void {
  for (const [key, rounds] of Object.entries(draft.journal.calibrations)) {
    const wave = Number(key);
    const last = rounds.at(-1);
    if (last?.verdict?.kind !== 'passed' || last.judged) continue;
    const left = segmentsInWave(plan, wave).flatMap((number) => {
      const segment = plan.segments.find((each) => each.number === number);
      const issue = leafOf(draft.snapshot, number);
      if (!segment || !issue || progresses.get(number)?.kind !== 'merged' || isChanged(draft.journal, issue)) return [];
      return [{ segment, left: segment.spec.criteria.filter((criterion) => criterion.state === 'open') }];
    });
    const security = segmentsInWave(plan, wave)
      .filter((number) => plan.segments.some((each) => each.number === number && each.spec.worker === 'security'))
      .filter((number) => ['merged', 'answered'].includes(progresses.get(number)?.kind ?? ''))
      .map((number) => ({ number, report: latestReport(recordOf(draft.journal, number)) }));
    const findings = [...coverageFindings(left), ...securityFindings(security, rounds)];
    if (findings.length === 0) draft.record({ kind: 'WAVE COMPLETE', wave });
    draft.journal = withCalibration(draft.journal, wave, last.round, (calibration) => ({
      ...calibration,
      judged: true,
      ...(findings.length === 0 ? {} : { verdict: { kind: 'failed', at: draft.now, findings } }),
    }));
  }
}

function startCalibration(
  draft: Draft,
  plan: Plan,
  wave: number,
  round: number,
  progresses: Progresses,
  config: Config,
): void {
  const id = nextDispatchId(draft, config);
  if (id === undefined) return;
  const { head } = draft.snapshot.base;
  const dispatch: Dispatch = { id, at: draft.now, work: { kind: 'calibration', wave, round } };
  const covers = segmentsInWave(plan, wave).filter((number) => progresses.get(number)?.kind === 'merged');
  const rounds = draft.journal.calibrations[wave] ?? [];
  draft.journal = {
    ...draft.journal,
    dispatches: { ...draft.journal.dispatches, [id]: dispatch },
    calibrations: {
      ...draft.journal.calibrations,
      [wave]: [...rounds, { round, base: head, dispatch: id, at: draft.now, covers }],
    },
  };
  send(draft, dispatch, `wave ${wave} is merged: its whole is checked (round ${round})`);
}

function makeFixes(draft: Draft, plan: Plan, wave: number, round: number, findings: readonly Finding[]): void {
  const { epic } = draft.snapshot;
  const files = [
    ...new Set(
      segmentsInWave(plan, wave).flatMap((number) => {
        const issue = leafOf(draft.snapshot, number);
        if (!issue || isChanged(draft.journal, issue)) return [];
        return plan.segments.find((each) => each.number === number)?.spec.files ?? [];
      }),
    ),
  ].sort();
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
      reason: `wave ${wave}'s calibration found: ${finding.subject}`,
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
    reason: `wave ${wave}'s calibration failed`,
  });
  if (said === 'under way') draft.record({ kind: 'CALIBRATION FAILED', wave });
}

export const followUpKey = (epic: number, wave: number, index: number): string =>
  actKeys.fix(epic, wave, 1000 + index, 1);

function makeFollowUps(draft: Draft): void {
  const { epic } = draft.snapshot;
  draft.journal.followUps.forEach((each, index) => {
    // Fix segments of the last wave, in a round of their own, so that the wave is calibrated again after them.
    draft.once({
      kind: 'make issue',
      key: followUpKey(epic.number, each.wave, index),
      notice: { kind: 'follow-up segment', by: each.by, what: each.what, epic: epic.number },
      parent: epic.number,
      parentId: epic.id,
      reason: `@${each.by} found at acceptance: ${each.what}`,
    });
  });
}
