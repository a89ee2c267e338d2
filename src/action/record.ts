/**
 * `do: record`: writes the report of a calibration, or of a check of the base. Without the app, `do: orchestrate` does it
 * first, in the same job.
 *
 * It passed if the runner says that the calibrate job succeeded. If that job failed but names no failed gate, the failure
 * says nothing about the code: no report is written, and the orchestrator repeats the round.
 */
import { headSha, type IssueNumber, instant } from '#core/model/epic';
import type { Baseline, Calibration, Dispatch, Journal } from '#core/model/journal';
import { judgeBaseline, type KnownGate, knownGates, type ProvenBase } from '#core/model/journal/baseline';
import type { BaselineReport, CalibrationReport, Finding, GateResult } from '#core/model/report';
import type { Client } from '#github/client';
import { baselineRef, calibrationRef, readJournal, writeReport } from '#github/journal';
import { writeProven } from '#github/proven';
import { readVerifyOutcome } from '#segment/outcome';
import { gatesTable } from '#words/pull';
import { clip, shorten } from '#words/safe';
import { BadInput, epicOf, idOf, type Job } from './job.ts';

const DETAIL_CHARS = 3_000;

export async function run(job: Job): Promise<void> {
  const epic = epicOf(job);
  const id = idOf(job, 'dispatch');
  const client = await job.connect();
  const stored = await readJournal(client, job.repository, epic);
  const dispatch = stored?.journal.dispatches[id];
  const made = stored && dispatch ? reportOf(job, stored.journal, dispatch) : undefined;
  if (!stored || !made) throw new BadInput(`The journal of #${epic} has no calibration for ${id}.`);
  if (dispatch?.runId !== job.runId) throw new BadInput(`Dispatch ${id} belongs to another run.`);
  if (made.kind === 'says nothing') return job.fail(`${made.of} failed without naming a gate. Swarm will repeat it.`);
  const { ref, file, report, proven } = made;
  const repository = { ...job.repository, id: stored.repositoryId };
  const written = await writeReport(client, repository, { ref, file, report });
  job.log(`${made.of}: ${made.result} (${written}).`);
  if (proven)
    await keepProof(job, () => writeProven(client, job.repository, proven.proof, provenBy(client, epic, proven)));
  job.addSummary(`${made.of}: ${made.result}.\n\n${gatesTable(report.validation)}`);
}

interface Proven {
  readonly proof: string;
  readonly gates: readonly KnownGate[];
}

const provenBy = (client: Client, epic: IssueNumber, { gates }: Proven): ProvenBase => ({
  ...{ version: 1, epic, at: client.now(), gates },
});

/** Without it, the next epic runs the same gates on the same files once more. */
async function keepProof(job: Job, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    job.log(`The proof of the base could not be kept: ${(error as Error).message}`);
  }
}

type Made =
  | {
      readonly kind: 'made';
      /** The start of a sentence about it. */
      readonly of: string;
      readonly result: string;
      readonly ref: string;
      readonly file: 'calibration.json' | 'baseline.json';
      readonly report: CalibrationReport | BaselineReport;
      /** Undefined if it proves nothing for other epics. */
      readonly proven?: Proven | undefined;
    }
  | { readonly kind: 'says nothing'; readonly of: string };

/** @returns undefined if the dispatch is of segments, or the journal does not know it. */
function reportOf(job: Job, journal: Journal, { work }: Dispatch): Made | undefined {
  switch (work.kind) {
    case 'segments':
      return undefined;
    case 'baseline': {
      const baseline = journal.baselines?.find(({ round }) => round === work.round);
      return baseline && baselineOf(job, journal, baseline);
    }
    case 'calibration': {
      const calibration = journal.calibrations[work.wave]?.find(({ round }) => round === work.round);
      return calibration && calibrationOf(job, journal, work.wave, calibration);
    }
  }
}

function calibrationOf(job: Job, journal: Journal, wave: number, { round, base, proof }: Calibration): Made {
  const { epic } = journal;
  const { validation, refused } = readVerifyOutcome(job.input('validation'));
  const failed = validation.filter(({ verdict }) => verdict === 'fail' || verdict === 'timed out');
  const passed = job.input('calibrate-result') === 'success';
  const of = `Calibration of wave ${wave}, round ${round}`;
  if (!passed && failed.length === 0) return { kind: 'says nothing', of };
  const report: CalibrationReport = {
    version: 1,
    wave,
    round,
    base: headSha(base),
    result: passed ? 'passed' : 'failed',
    validation,
    ...(refused.length === 0 ? {} : { refused }),
    findings: passed ? [] : failed.map(findingOf),
    durationMs: tookMs(validation),
  };
  return {
    ...{ kind: 'made', of, result: report.result, ref: calibrationRef(epic, wave, round) },
    ...{ file: 'calibration.json', report },
    // Where old failures were let through, nobody knows which of them are left.
    ...(passed && proof !== undefined && knownGates(journal.baselines).length === 0
      ? { proven: { proof, gates: [] } }
      : {}),
  };
}

/** As above, it is sound only if the runner says that the job succeeded. */
function baselineOf(job: Job, { epic, authorisation }: Journal, { round, base, proof }: Baseline): Made {
  const { validation, refused, failures = [], problem } = readVerifyOutcome(job.input('validation'));
  const report: BaselineReport = {
    version: 1,
    round,
    base: headSha(base),
    validation,
    failures,
    ...(problem === undefined ? {} : { problem }),
    ...(refused.length === 0 ? {} : { refused }),
    durationMs: tookMs(validation),
  };
  const of = `Check of the base, round ${round}`;
  const verdict = judgeBaseline(report, authorisation?.baseBranch ?? '', instant(0));
  const isSound = verdict.kind === 'sound';
  const isProven = validation.length > 0 && job.input('calibrate-result') === 'success';
  if (isSound && !isProven) return { kind: 'says nothing', of };
  return {
    ...{ kind: 'made', of, result: isSound ? 'sound' : 'not sound', ref: baselineRef(epic, round) },
    ...{ file: 'baseline.json', report },
    ...(isSound && proof !== undefined ? { proven: { proof, gates: verdict.gates } } : {}),
  };
}

const tookMs = (validation: readonly GateResult[]): number =>
  validation.reduce((sum, { durationMs }) => sum + durationMs, 0);

const findingOf = ({ gate, output, command }: GateResult): Finding => ({
  check: gate === 'security' ? 'security' : 'gate',
  subject: clip(gate, 60),
  detail: shorten(output === '' ? command : output, DETAIL_CHARS),
});
