/** `do: work`: the agent's job. The other two jobs get only its outputs. */

import { PARTS } from '#git/patch';
import { writeOutcome } from '#segment/outcome';
import { delayExit, type JobOutput, work } from '#segment/work';
import { courseSection, networkSection, refusedIn } from '#words/course';
import { formatProblem, sayProblem } from '#words/problems';
import { gatesTable } from '#words/pull';
import { block, inline } from '#words/safe';
import { count } from '#words/voice';
import { BadInput, idOf, type Job } from './job.ts';
import { saveArtefact, withSite } from './part.ts';

export async function run(job: Job): Promise<void> {
  const attempt = idOf(job, 'attempt');
  const agent = agentOf(job);
  const exit = delayExit(SAVE_MS);
  await withSite(job, async (site) => {
    const hooks = {
      ...(agent ? { agent } : {}),
      stop: exit.stop,
      save: (output: JobOutput) => writeOutputs(job, output),
    };
    const done = await work({ ...site, attempt, ...hooks });
    writeOutputs(job, done);
    await saveArtefact(job, done.artefact);
    const { outcome, patch, ready, transcript } = done;
    const { problem, question, tries, validation, warnings } = outcome;
    const stopped = question ? `The agent stopped to ask: ${inline(question.text, 600)}` : '';
    const reason = problem ? block(formatProblem(problem)) : stopped;
    job.addSummary(
      [
        `Attempt ${attempt}: ${count(tries, 'try', 'tries')}.`,
        reason,
        outcome.course ? courseSection(outcome.course) : '',
        networkSection(refusedIn(outcome)),
        gatesTable(validation),
        warnings.length === 0
          ? ''
          : ['### Warnings', '', ...warnings.map((warning) => `- ${inline(warning, 900)}`)].join('\n'),
        transcript,
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    );
    if (problem) {
      job.log(formatProblem(problem));
      job.fail(sayProblem(problem, { form: 'plain' }).what);
    } else if (ready && !patch) job.log('No patch: the gates run on the commits pushed to the branch.');
    else if (!patch) job.log('The agent finished without changing a file.');
  }).finally(() => exit.end());
}

/** A runner that cancels a job kills its processes after ten seconds. */
const SAVE_MS = 9_000;

/** Outputs for the other two jobs. Repeated whenever there is progress, because the latest outputs count if the job dies. */
function writeOutputs(job: Job, { outcome, patch, ready }: JobOutput): void {
  job.setOutputs({
    ...Object.fromEntries(
      Array.from({ length: PARTS }, (_, index) => [`patch-${index + 1}`, patch?.parts[index] ?? '']),
    ),
    'patch-digest': patch?.digest ?? '',
    ready: String(ready),
    outcome: writeOutcome(outcome),
  });
}

/** A JSON list, as in the config: swarm would have to guess how to split a shell command. */
function agentOf(job: Job): readonly string[] | undefined {
  const text = job.input('agent');
  if (text === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every((word) => typeof word === 'string' && word !== '')) {
    throw new BadInput(
      'The input `agent` has to be a JSON list of the program and its arguments, such as ["node", "agent.mjs"].',
    );
  }
  return value as string[];
}
