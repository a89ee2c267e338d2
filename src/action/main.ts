/**
 * Door 1: the Action. One step of a job is one call; `do` says which part of swarm it is, and only that part is loaded.
 */
import { BadInput, fail, type Job, readJob } from './job.ts';
import { input } from './runner.ts';

const PARTS: Readonly<Record<string, () => Promise<{ readonly run: (job: Job) => Promise<void> }>>> = {
  orchestrate: () => import('./orchestrate.ts'),
  plan: () => import('./plan.ts'),
  work: () => import('./work.ts'),
  verify: () => import('./verify.ts'),
  publish: () => import('./publish.ts'),
  record: () => import('./record.ts'),
};

async function main(): Promise<void> {
  let job: Job | undefined;
  try {
    const part = input('do');
    if (!Object.hasOwn(PARTS, part)) {
      throw new BadInput(
        `The input \`do\` is ${JSON.stringify(part)}; one of ${Object.keys(PARTS).join(', ')} was expected.`,
      );
    }
    job = readJob();
    await (await PARTS[part]?.())?.run(job);
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    // What swarm refuses says why itself; anything else is shown with where it happened.
    const isOurs = [
      'BadInput',
      'NoAssignment',
      'NothingToReport',
      'GitHubUnavailable',
      'GitHubRefused',
      'JournalBroken',
    ];
    if (!isOurs.includes(name)) job?.log(stack ?? message);
    fail(isOurs.includes(name) ? message : `${name}: ${message}`, job?.secrets);
  }
}

await main();
