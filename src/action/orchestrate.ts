/**
 * `do: orchestrate`: the app-less door. An event, the clock or a person's "Run workflow" becomes a look at the epics it
 * concerns; what is then done is decided by what GitHub shows, as in the app (SPEC R4.6).
 */
import { type IssueNumber, numberIn as issueIn, issueNumber } from '#core/model/epic';
import type { Client } from '#github/client';
import { hintsOf } from '#github/hints';
import type { AskedByHand } from '#github/requests';
import type { Orchestrator } from '#reconcile';
import { BadInput, epicOf, type Job } from './job.ts';

/** What GitHub needs a moment for (mergeable, its own delays) is waited for here; the rest is the clock's. */
const PATIENCE_MS = 45_000;
const MOST_EPICS = 50;
const NO_EPIC = 'Nothing here concerns an epic.';

export async function run(job: Job): Promise<void> {
  if (job.input('app') === 'true') {
    return job.fail(
      'The app orchestrates this repository. Start the epic with the label swarm:execute or the comment /swarm execute.',
    );
  }
  // Most events concern no epic: what asks GitHub, and what looks after an epic, is loaded for those that may.
  const told = isTold(job);
  const hints = told ? hintsOf(job.event, await job.payload()) : [];
  if (told && hints.length === 0) return job.log(NO_EPIC);
  const client = await job.connect();
  const { epics, requests } = await whatToLookAt(job, client, hints);
  if (epics.length === 0) return job.log(NO_EPIC);
  const orchestrator: Orchestrator = {
    client,
    repository: job.repository,
    name: `run-${job.runId}-${crypto.randomUUID().slice(0, 8)}`,
    performed: new Map(),
    killSwitch: 'workflow',
    log: job.log,
  };
  const troubles: string[] = [];
  for (const epic of epics) {
    try {
      await lookAfter(job, orchestrator, epic, requests);
    } catch (error) {
      // One epic's trouble is not the others'.
      troubles.push(`#${epic}: ${(error as Error).message}`);
      job.log(String((error as Error).stack ?? error));
    }
  }
  if (troubles.length > 0) throw new Error(`Not everything could be looked after. ${troubles.join(' ')}`);
}

async function lookAfter(
  job: Job,
  orchestrator: Orchestrator,
  epic: IssueNumber,
  requests: readonly AskedByHand[],
): Promise<void> {
  const [{ reconcile }, { boardText, saySummary }] = await Promise.all([
    import('#reconcile'),
    import('#words/summary'),
  ]);
  let leftMs = PATIENCE_MS;
  for (;;) {
    const { kind, lookAgainAt, decided } = await reconcile(orchestrator, epic, requests);
    if (kind === 'no such issue') return job.log(`There is no issue #${epic}.`);
    const waitMs =
      lookAgainAt === undefined ? Number.POSITIVE_INFINITY : Math.max(1_000, lookAgainAt - orchestrator.client.now());
    if (waitMs <= leftMs) {
      leftMs -= waitMs;
      await job.wait(waitMs);
      continue;
    }
    const board = decided?.decisions.find((decision) => decision.kind === 'show panel')?.board;
    if (board) {
      job.log(boardText(board));
      job.summarise(saySummary(board));
    } else job.log(`#${epic}: nothing to do now.`);
    return;
  }
}

/** Whether an event of GitHub's says where to look; a person, the clock and the end of a run say it otherwise. */
const isTold = (job: Job): boolean =>
  job.input('dispatch') === '' && job.event !== 'workflow_dispatch' && job.event !== 'schedule';

async function whatToLookAt(
  job: Job,
  client: Client,
  hints: ReturnType<typeof hintsOf>,
): Promise<{ readonly epics: readonly IssueNumber[]; readonly requests: readonly AskedByHand[] }> {
  const { repository } = job;
  // The end of a dispatched run: its own epic goes on.
  if (job.input('dispatch') !== '') return { epics: [epicOf(job)], requests: [] };
  if (job.event === 'workflow_dispatch')
    return { epics: await epicsByHand(job, client), requests: [requestByHand(job)] };
  const { epicsInFlight, epicsOf } = await import('#github/wake');
  const epics =
    job.event === 'schedule' || hints === 'everywhere'
      ? await epicsInFlight(client, repository)
      : await epicsOf(client, repository, hints);
  return { epics, requests: [] };
}

/** `12`, `#12 #15`, `12, 15`, or `all`: every open issue with the label `epic`. */
async function epicsByHand(job: Job, client: Client): Promise<readonly IssueNumber[]> {
  const asked = job.input('epic').trim();
  if (asked.toLowerCase() === 'all') {
    const { owner, name: repo } = job.repository;
    const issues = await client.paginate('GET /repos/{owner}/{repo}/issues', {
      owner,
      repo,
      labels: 'epic',
      state: 'open',
      per_page: 100,
    });
    return issues
      .filter((issue) => !issue.pull_request)
      .map((issue) => issueNumber(issue.number))
      .sort((a, b) => a - b)
      .slice(0, MOST_EPICS);
  }
  const words = asked.split(/[\s,]+/).filter((word) => word !== '');
  const numbers = words.map((word) => issueIn(/^#?([1-9]\d*)$/.exec(word)?.[1])).filter((each) => each !== undefined);
  if (words.length === 0 || words.length > MOST_EPICS || numbers.length < words.length) {
    throw new BadInput(
      `The input \`epic\` is ${JSON.stringify(asked.slice(0, 80))}; issue numbers (at most ${MOST_EPICS}) or \`all\` were expected.`,
    );
  }
  return [...new Set(numbers)];
}

function requestByHand(job: Job): AskedByHand {
  const wave = numberIn(job, 'wave', 500);
  const agents = numberIn(job, 'agents', 256);
  return {
    id: `run:${job.runId}`,
    login: job.actor,
    from: { kind: 'dispatch' },
    asked: {
      kind: 'command',
      command: {
        kind: 'execute',
        ...(wave === undefined ? {} : { wave }),
        ...(agents === undefined ? {} : { agents }),
        ...(job.input('sequential') === 'true' ? { sequential: true } : {}),
        ...(job.input('dry-run') === 'true' ? { dryRun: true } : {}),
      },
    },
  };
}

function numberIn(job: Job, name: string, max: number): number | undefined {
  const text = job.input(name);
  if (text === '') return undefined;
  const number = Number(text);
  if (!/^[1-9]\d{0,5}$/.test(text) || number > max) {
    throw new BadInput(
      `The input \`${name}\` is ${JSON.stringify(text.slice(0, 40))}; a whole number from 1 to ${max} was expected.`,
    );
  }
  return number;
}
