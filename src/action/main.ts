/**
 * Door 1: the Action. Each step of a job runs one part of swarm. The input `do` says which part, and only that is loaded.
 */
import { BadInput, fail, type Job, readJob } from './job.ts';
import { input, type Variables } from './runner.ts';

const PARTS: Readonly<Record<string, () => Promise<{ readonly run: (job: Job) => Promise<void> }>>> = {
  orchestrate: () => import('./orchestrate.ts'),
  plan: () => import('./plan.ts'),
  work: () => import('./work.ts'),
  verify: () => import('./verify.ts'),
  publish: () => import('./publish.ts'),
  record: () => import('./record.ts'),
};

/** Parts that start programs written by others. None of these programs may find the job's secrets. */
const GUARDED: readonly string[] = ['work', 'verify'];

async function main(): Promise<void> {
  let job: Job | undefined;
  try {
    let variables: Variables = process.env;
    if (GUARDED.includes(input(variables, 'do')) || hasVault()) {
      variables = (await import('#sandbox/vault')).takeVariables();
    }
    const part = input(variables, 'do');
    if (!Object.hasOwn(PARTS, part)) {
      throw new BadInput(
        `The input \`do\` is ${JSON.stringify(part)}; it has to be one of ${Object.keys(PARTS).join(', ')}.`,
      );
    }
    job = readJob(variables);
    await (await PARTS[part]?.())?.run(job);
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    // These errors explain themselves. Anything else is a bug, and needs its stack.
    const isExpected = [
      'BadInput',
      'NoAssignment',
      'NothingToReport',
      'GitHubUnavailable',
      'GitHubRefused',
      'JournalBroken',
    ].includes(name);
    if (!isExpected) job?.log(stack ?? message);
    fail(isExpected ? message : `${name}: ${message}`, job?.secrets);
  } finally {
    job?.endLog();
  }
}

/** True in the process that took over, see `vault.ts`. */
const hasVault = (): boolean => process.env.SWARM_VAULT !== undefined;

await main();
