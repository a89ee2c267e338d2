/**
 * `do: verify`: runs the gates on the base with an attempt's patch, or on the base alone: before the first agent, or at a wave's
 * end.
 */
import { readOutcome, writeVerifyOutcome } from '#segment/outcome';
import { verifyAttempt, verifyBase } from '#segment/verify';
import { networkSection } from '#words/course';
import { formatProblem, sayProblem } from '#words/problems';
import { gatesTable } from '#words/pull';
import { block } from '#words/safe';
import { idOf, type Job } from './job.ts';
import { readPatch, saveArtefact, withSite } from './part.ts';

export async function run(job: Job): Promise<void> {
  await withSite(job, async (site) => {
    const { verdict, validation, refused, problem, base, artefact } =
      job.input('attempt') === ''
        ? await verifyBase(site, idOf(job, 'dispatch'))
        : await verifyAttempt(
            site,
            idOf(job, 'attempt'),
            readPatch(job),
            readOutcome(job.input('outcome'), job.input('attempt')),
          );
    job.setOutput('validation', writeVerifyOutcome({ validation, refused, ...base }));
    await saveArtefact(job, artefact);
    job.addSummary(
      [gatesTable(validation), networkSection(refused), problem ? block(formatProblem(problem)) : '']
        .filter((part) => part !== '')
        .join('\n\n'),
    );
    if (problem) return job.fail(sayProblem(problem, { form: 'plain' }).what);
    const failed = validation.filter(
      ({ verdict: gateVerdict }) => gateVerdict === 'fail' || gateVerdict === 'timed out',
    );
    if (verdict === 'fail') job.fail(`Failed gates: ${failed.map(({ gate }) => gate).join(', ')}`);
  });
}
