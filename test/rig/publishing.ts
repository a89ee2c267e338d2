/**
 * The jobs of a played run that write: swarm's own publish and record code, given what the jobs before them would have
 * handed on.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HeadSha, IssueNumber, RepositoryName } from '../../src/core/epic.ts';
import type { Finding } from '../../src/core/journal.ts';
import type { CalibrationReport, GateResult } from '../../src/core/report.ts';
import type { Client } from '../../src/github/client.ts';
import { calibrationRef, writeReport } from '../../src/github/journal.ts';
import { readOutcome, type WorkOutcome, writeOutcome } from '../../src/segment/outcome.ts';
import { packPatch } from '../../src/segment/patch.ts';
import { publish } from '../../src/segment/publish.ts';
import type { Ending } from './floor.ts';

const TOOK_MS = 90_000;

export async function publishEnding(job: {
  readonly client: Client;
  readonly token: string;
  readonly url: string;
  readonly repository: RepositoryName;
  readonly epic: IssueNumber;
  readonly attempt: string;
  readonly runId: number;
  /** Bytes of git's diff; none where nothing was changed. */
  readonly patch: Buffer;
  readonly ending: Ending;
  readonly verified: boolean;
}): Promise<void> {
  const { client, token, url, repository, epic, attempt, runId, patch, ending } = job;
  const { owner, name } = repository;
  const outcome: WorkOutcome = {
    version: 1,
    attempt,
    tries: ending.tries,
    validation: ending.validation,
    agent: ending.says,
    ...(ending.problem ? { problem: ending.problem } : {}),
    durationMs: TOOK_MS,
    warnings: [],
  };
  const packed = patch.length === 0 ? undefined : packPatch(patch);
  if (packed?.kind === 'too big') throw new Error('A story’s change is small');
  const scratch = await mkdtemp(join(tmpdir(), 'swarm-publish-'));
  try {
    await publish({
      client,
      repository,
      epic,
      remote: { url: `${url}/${owner}/${name}.git`, token },
      scratch,
      secrets: new Set([token]),
      log: () => {},
      attempt,
      patch: packed?.packed ?? { parts: [], digest: '' },
      // From job to job it is text, and is read back with suspicion.
      outcome: readOutcome(writeOutcome(outcome), attempt),
      verified: job.verified ? 'success' : 'skipped',
      validation: job.verified ? ending.validation : [],
      runId,
      runUrl: `${url}/${owner}/${name}/actions/runs/${runId}`,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

export async function recordEnding(job: {
  readonly client: Client;
  readonly repository: RepositoryName;
  readonly epic: IssueNumber;
  readonly wave: number;
  readonly round: number;
  readonly base: HeadSha;
  readonly validation: readonly GateResult[];
  readonly findings: readonly Finding[];
}): Promise<void> {
  const { client, repository, epic, wave, round, base, validation, findings } = job;
  const report: CalibrationReport = {
    version: 1,
    wave,
    round,
    base,
    result: findings.length === 0 ? 'passed' : 'failed',
    validation,
    findings,
    durationMs: TOOK_MS,
  };
  await writeReport(client, repository, calibrationRef(epic, wave, round), 'calibration.json', report);
}
