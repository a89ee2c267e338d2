/** `do: publish`: the only part of a segment's run that writes. It ends well when the end is reported, whatever the end. */

import { readAttemptId } from '#core/model/attempt';
import type { Report } from '#core/model/report';
import { GitHubUnavailable } from '#github/client';
import { readOutcome, readValidation } from '#segment/outcome';
import { publish } from '#segment/publish';
import { formatProblem } from '#words/problems';
import { gatesTable } from '#words/pull';
import { block, inline } from '#words/safe';
import { idOf, type Job } from './job.ts';
import { artefactOf, atSite, patchOf } from './part.ts';

export async function run(job: Job): Promise<void> {
  const attempt = idOf(job, 'attempt');
  await atSite(job, async (site) => {
    const { report, written } = await untilAnswered(job, () =>
      publish({
        ...site,
        attempt,
        patch: patchOf(job),
        outcome: readOutcome(job.input('outcome'), attempt),
        verified: job.input('verify-result'),
        validation: job.input('validation') === '' ? undefined : readValidation(job.input('validation')),
        artefacts: { work: artefactOf(job, 'work-artefact'), verify: artefactOf(job, 'verify-artefact') },
        runId: job.runId,
        runUrl: job.runUrl,
      }),
    );
    const { result } = report;
    job.answer('result', JSON.stringify(resultOf(report)));
    if (result.kind === 'published') {
      job.answer('branch', result.branch);
      job.answer('commit', result.head);
      job.answer('pull-request', String(result.pull));
    }
    const what =
      result.kind === 'published'
        ? `Published as PR #${result.pull}.`
        : result.kind === 'no-change'
          ? 'The agent changed nothing.'
          : result.kind === 'needs-input'
            ? `It stopped to ask: ${inline(result.question.text, 600)}`
            : block(formatProblem(result.problem));
    const kept =
      result.kind === 'failed' || result.kind === 'needs-input'
        ? `Kept: ${result.kept ?? 'no, it must not leave the job or there was nothing'}`
        : '';
    job.log(result.kind === 'failed' ? formatProblem(result.problem) : what);
    if (written === 'already there') job.log('This attempt was reported before; that report stays.');
    job.summarise([what, kept, gatesTable(report.validation)].filter((each) => each !== '').join('\n\n'));
  });
}

const TIMES = 5;

/**
 * Publishing again finds what was published and goes on from there, so GitHub's own failures are waited out here: the
 * agent's work is not thrown away for a 502 (SPEC R8.4).
 */
async function untilAnswered<Answer>(job: Job, act: () => Promise<Answer>): Promise<Answer> {
  for (let time = 1; ; time++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof GitHubUnavailable) || time === TIMES) throw error;
      const waitMs = Math.min(error.waitMs, 60_000);
      job.log(`GitHub did not answer (${error.message}). Trying again in ${Math.ceil(waitMs / 1000)} s.`);
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
    branch: result.kind === 'published' ? result.branch : null,
    commit: result.kind === 'published' ? result.head : null,
    'ready-for-pr': result.kind === 'published',
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
