/** `do: publish`: the only part of a segment's run that writes. It succeeds once the result is reported, good or bad. */

import { readAttemptId } from '#core/model/attempt';
import type { Report } from '#core/model/report';
import { GitHubUnavailable } from '#github/client';
import { readOutcome, readVerifyOutcome } from '#segment/outcome';
import { publish } from '#segment/publish';
import { formatProblem } from '#words/problems';
import { gatesTable } from '#words/pull';
import { block, inline } from '#words/safe';
import { idOf, type Job } from './job.ts';
import { artefactUrl, readPatch, withSite } from './part.ts';

export async function run(job: Job): Promise<void> {
  const attempt = idOf(job, 'attempt');
  await withSite(job, async (site) => {
    const { report, written } = await retryOutages(job, () =>
      publish({
        ...site,
        attempt,
        patch: readPatch(job),
        outcome: readOutcome(job.input('outcome'), attempt),
        verified: job.input('verify-result'),
        ...(job.input('validation') === '' ? { validation: undefined } : readVerifyOutcome(job.input('validation'))),
        artefacts: { work: artefactUrl(job, 'work-artefact'), verify: artefactUrl(job, 'verify-artefact') },
        runId: job.runId,
      }),
    );
    const { result } = report;
    job.setOutput('result', JSON.stringify(resultOf(report)));
    if (result.kind === 'ready') {
      job.setOutput('branch', result.branch);
      job.setOutput('commit', result.head);
    }
    const outcome =
      result.kind === 'ready'
        ? `The work is ready. Swarm puts it on ${inline(result.branch, 200)} and opens its pull request.`
        : result.kind === 'no-change'
          ? 'The agent changed nothing.'
          : result.kind === 'needs-input'
            ? `The agent stopped to ask: ${inline(result.question.text, 600)}`
            : block(formatProblem(result.problem));
    const kept =
      result.kind === 'failed' || result.kind === 'needs-input'
        ? result.kept === undefined
          ? 'No work was kept: there was none, or it must not leave the job.'
          : `The work is kept: ${result.kept}`
        : '';
    job.log(result.kind === 'failed' ? formatProblem(result.problem) : outcome);
    if (written === 'already there') job.log('This attempt was already reported; that report stays.');
    job.addSummary([outcome, kept, gatesTable(report.validation)].filter((part) => part !== '').join('\n\n'));
  });
}

const MAX_TRIES = 5;

/**
 * Retries while GitHub fails, so that no agent's work is lost to a 502 (SPEC R8.4). This is safe: publishing again finds
 * everything already published and continues from there.
 */
async function retryOutages<Answer>(job: Job, act: () => Promise<Answer>): Promise<Answer> {
  for (let number = 1; ; number++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof GitHubUnavailable) || number === MAX_TRIES) throw error;
      const waitMs = Math.min(error.waitMs, 60_000);
      job.log(`GitHub did not answer (${error.message}). Retrying in ${Math.ceil(waitMs / 1000)} s.`);
      await job.wait(waitMs);
    }
  }
}

/** The result object of SPEC R5.14. */
function resultOf(report: Report): Record<string, unknown> {
  const { result, validation } = report;
  const tests = validation.find(({ gate }) => gate === 'tests');
  return {
    segment: report.segment,
    status: result.kind,
    validation: Object.fromEntries(validation.map(({ gate, verdict }) => [gate, verdict])),
    branch: result.kind === 'ready' ? result.branch : null,
    commit: result.kind === 'ready' ? result.head : null,
    'ready-for-pr': result.kind === 'ready',
    attempts: readAttemptId(report.attempt)?.number ?? 0,
    tries: report.tries,
    tests: tests?.verdict ?? null,
    files: report.files,
    council: councilOf(report),
    pair: report.course?.pair.kind ?? null,
    cost: report.costUsd ?? null,
    tokens: report.course?.tokens ?? null,
    turns: report.course?.turns ?? null,
    duration: report.durationMs,
  };
}

function councilOf({ course }: Report): Record<string, unknown> | null {
  const council = course?.council;
  if (!council) return null;
  return council.kind === 'skipped'
    ? { verdict: 'skipped', reason: council.why }
    : { verdict: council.kind, rounds: council.rounds, findings: council.findings.length };
}
