/** `do: work`: the agent's job. Its outputs are what the other two jobs get of it. */

import { PARTS } from '#git/patch';
import { writeOutcome } from '#segment/outcome';
import { askForReprieve, type JobOutput, work } from '#segment/work';
import { courseSection } from '#words/course';
import { formatProblem, sayProblem } from '#words/problems';
import { gatesTable } from '#words/pull';
import { block, inline } from '#words/safe';
import { count } from '#words/voice';
import { BadInput, idOf, type Job } from './job.ts';
import { atSite, keepArtefact } from './part.ts';

export async function run(job: Job): Promise<void> {
  const attempt = idOf(job, 'attempt');
  const agent = agentOf(job);
  const reprieve = askForReprieve(SAVE_MS);
  await atSite(job, async (site) => {
    const asked = {
      ...(agent ? { agent } : {}),
      stop: reprieve.stop,
      save: (handed: JobOutput) => handOn(job, handed),
    };
    const done = await work({ ...site, attempt, ...asked });
    handOn(job, done);
    await keepArtefact(job, done.artefact);
    const { outcome, patch, ready, transcript } = done;
    const { problem, question, tries, validation, warnings } = outcome;
    const stopped = question ? `It stopped to ask: ${inline(question.text, 600)}` : '';
    const told = problem ? block(formatProblem(problem)) : stopped;
    job.summarise(
      [
        `Attempt ${attempt}: ${count(tries, 'try', 'tries')}.`,
        told,
        outcome.course ? courseSection(outcome.course) : '',
        gatesTable(validation),
        warnings.length === 0
          ? ''
          : ['### To know', '', ...warnings.map((each) => `- ${inline(each, 900)}`)].join('\n'),
        transcript,
      ]
        .filter((each) => each !== '')
        .join('\n\n'),
    );
    if (problem) {
      job.log(formatProblem(problem));
      job.fail(sayProblem(problem, { form: 'plain' }).what);
    } else if (ready && !patch) job.log('Nothing to make: the gates are run on what was pushed to the branch.');
    else if (!patch) job.log('The agent finished without changing a file.');
  }).finally(() => reprieve.end());
}

/** A runner that is told to end its job kills ten seconds later. */
const SAVE_MS = 9_000;

/** Outputs for the other two jobs. Repeated whenever there is more: of a job that dies, the latest outputs count. */
function handOn(job: Job, { outcome, patch, ready }: JobOutput): void {
  job.answerAll({
    ...Object.fromEntries(Array.from({ length: PARTS }, (_, at) => [`patch-${at + 1}`, patch?.parts[at] ?? ''])),
    'patch-digest': patch?.digest ?? '',
    ready: String(ready),
    outcome: writeOutcome(outcome),
  });
}

/** A JSON list, as in the config: a shell line would have to be taken apart by guessing. */
function agentOf(job: Job): readonly string[] | undefined {
  const text = job.input('agent');
  if (text === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every((each) => typeof each === 'string' && each !== '')) {
    throw new BadInput(
      'The input `agent` is no JSON list of the program and its arguments, such as ["node", "agent.mjs"].',
    );
  }
  return value as string[];
}
