/** Wave boundaries: the merged whole is checked, and what is found there is mended by segments of its own. */
import { errorsOf, latestReport, segmentsInWave } from './board.ts';
import {
  coverageFindings,
  fixesFor,
  type Progresses,
  roundToMend,
  securityFindings,
  standingOf,
  type WaveStanding,
} from './calibration.ts';
import type { Config } from './config.ts';
import { nextDispatchId, send } from './dispatch.ts';
import type { IssueNumber } from './epic.ts';
import type { Dispatch } from './journal.ts';
import { isChanged, isStopped, leafOf, ownerOf, type Paper } from './paper.ts';
import type { Plan } from './plan.ts';
import { actKeys, recordOf, withCalibration } from './remember.ts';
import type { Finding } from './report.ts';

/** Wave boundaries: dispatch calibrations, judge their criteria, have fix segments made (SPEC R7.1). */
export function calibrate(
  paper: Paper,
  plan: Plan,
  progresses: Progresses,
  config: Config,
): ReadonlyMap<number, WaveStanding> {
  judgeCoverage(paper, plan, progresses);
  const standings = new Map<number, WaveStanding>();
  let before: WaveStanding = { kind: 'passed', round: 0 };
  for (const wave of plan.waves) {
    const standing = standingOf(wave, progresses, paper.journal, config);
    standings.set(wave.number, standing);
    const mayGo = paper.journal.phase === 'running' && (before.kind === 'passed' || config.schedule === 'eager');
    if (standing.kind === 'to calibrate' && mayGo && errorsOf(paper.snapshot, plan, paper.journal).length === 0) {
      startCalibration(paper, plan, wave.number, standing.round, progresses, config);
    }
    const failed = roundToMend(wave, paper.journal, config);
    if (failed && !isStopped(paper)) makeFixes(paper, plan, wave.number, failed.round, failed.findings);
    if (standing.kind === 'stopped') {
      paper.once({
        kind: 'say',
        key: `calibration-stopped:${wave.number}:${(paper.journal.calibrations[wave.number] ?? []).length}`,
        on: paper.snapshot.epic.number,
        notice: { kind: 'calibration stopped', problem: standing.problem, owner: ownerOf(paper) },
        reason: `wave ${wave.number} failed its calibration too often`,
      });
    }
    before = standing;
  }
  makeFollowUps(paper);
  return standings;
}

/** A round that passed its gates fails all the same while a criterion of its wave is open and without evidence. */
function judgeCoverage(paper: Paper, plan: Plan, progresses: Progresses): void {
  for (const [key, rounds] of Object.entries(paper.journal.calibrations)) {
    const wave = Number(key);
    const last = rounds.at(-1);
    if (last?.verdict?.kind !== 'passed' || last.judged) continue;
    const left = segmentsInWave(plan, wave).flatMap((number) => {
      const segment = plan.segments.find((each) => each.number === number);
      const issue = leafOf(paper.snapshot, number);
      if (!segment || !issue || progresses.get(number)?.kind !== 'merged' || isChanged(paper.journal, issue)) return [];
      return [{ segment, left: segment.spec.criteria.filter((criterion) => criterion.state === 'open') }];
    });
    const security = segmentsInWave(plan, wave)
      .filter((number) => plan.segments.some((each) => each.number === number && each.spec.worker === 'security'))
      .filter((number) => ['merged', 'answered'].includes(progresses.get(number)?.kind ?? ''))
      .map((number) => ({ number, report: latestReport(recordOf(paper.journal, number)) }));
    const findings = [...coverageFindings(left), ...securityFindings(security, rounds)];
    if (findings.length === 0) paper.record({ kind: 'WAVE COMPLETE', wave });
    paper.journal = withCalibration(paper.journal, wave, last.round, (calibration) => ({
      ...calibration,
      judged: true,
      ...(findings.length === 0 ? {} : { verdict: { kind: 'failed', at: paper.now, findings } }),
    }));
  }
}

function startCalibration(
  paper: Paper,
  plan: Plan,
  wave: number,
  round: number,
  progresses: Progresses,
  config: Config,
): void {
  const id = nextDispatchId(paper, config);
  if (id === undefined) return;
  const { head } = paper.snapshot.base;
  const dispatch: Dispatch = { id, at: paper.now, work: { kind: 'calibration', wave, round } };
  const covers = segmentsInWave(plan, wave).filter((number) => progresses.get(number)?.kind === 'merged');
  const rounds = paper.journal.calibrations[wave] ?? [];
  paper.journal = {
    ...paper.journal,
    dispatches: { ...paper.journal.dispatches, [id]: dispatch },
    calibrations: {
      ...paper.journal.calibrations,
      [wave]: [...rounds, { round, base: head, dispatch: id, at: paper.now, covers }],
    },
  };
  send(paper, dispatch, `wave ${wave} is merged: its whole is checked (round ${round})`);
}

function makeFixes(paper: Paper, plan: Plan, wave: number, round: number, findings: readonly Finding[]): void {
  const { epic } = paper.snapshot;
  const files = [
    ...new Set(
      segmentsInWave(plan, wave).flatMap((number) => {
        const issue = leafOf(paper.snapshot, number);
        if (!issue || isChanged(paper.journal, issue)) return [];
        return plan.segments.find((each) => each.number === number)?.spec.files ?? [];
      }),
    ),
  ].sort();
  const made: IssueNumber[] = [];
  const wanted = fixesFor(findings);
  wanted.forEach((finding, index) => {
    const key = actKeys.fix(epic.number, wave, round, index + 1);
    const state = paper.once({
      kind: 'make issue',
      key,
      notice: { kind: 'fix segment', wave, round, finding, files, epic: epic.number },
      parent: epic.number,
      parentId: epic.id,
      reason: `wave ${wave}'s calibration found: ${finding.subject}`,
    });
    const result = paper.journal.acts[key]?.result;
    if (state === 'done' && result !== undefined) made.push(result as IssueNumber);
  });
  if (made.length < wanted.length) return;
  const said = paper.once({
    kind: 'say',
    key: `calibration-failed:${wave}:${round}`,
    on: epic.number,
    notice: { kind: 'calibration failed', wave, round, findings, fixes: made },
    reason: `wave ${wave}'s calibration failed`,
  });
  if (said === 'under way') paper.record({ kind: 'CALIBRATION FAILED', wave });
}

export const followUpKey = (epic: number, wave: number, index: number): string =>
  actKeys.fix(epic, wave, 1000 + index, 1);

function makeFollowUps(paper: Paper): void {
  const { epic } = paper.snapshot;
  paper.journal.followUps.forEach((each, index) => {
    // Fix segments of the last wave, in a round of their own, so that the wave is calibrated again after them.
    paper.once({
      kind: 'make issue',
      key: followUpKey(epic.number, each.wave, index),
      notice: { kind: 'follow-up segment', by: each.by, what: each.what, epic: epic.number },
      parent: epic.number,
      parentId: epic.id,
      reason: `@${each.by} found at acceptance: ${each.what}`,
    });
  });
}
