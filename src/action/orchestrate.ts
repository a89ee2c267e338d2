/**
 * `do: orchestrate`: swarm without the app. An event, the schedule or a manual run leads to a look at the epics that it
 * concerns. As in the app, everything else is decided by what GitHub shows (SPEC R4.6).
 */
import { type IssueNumber, numberIn as issueIn, issueNumber } from '#core/model/epic';
import { CLOCK_WORKFLOW } from '#core/text/pin';
import type { Client } from '#github/client';
import { hintsOf } from '#github/hints';
import type { ManualRequest } from '#github/requests';
import type { WakeOptions } from '#github/wake';
import type { Orchestrator, Reconciled } from '#reconcile';
import { BadInput, epicOf, type Job } from './job.ts';

/** How long to wait for GitHub, for example until it knows whether a pull request is mergeable. The schedule does the rest. */
const MAX_WAIT_MS = 45_000;
const MAX_EPICS = 50;
const NO_EPIC = 'This event does not concern an epic.';

export async function run(job: Job): Promise<void> {
  if (job.input('app') === 'true') {
    return job.fail(
      'The app orchestrates this repository. Start the epic with the label swarm:execute or the comment /swarm execute.',
    );
  }
  // One failure must not stop the rest.
  const failures: string[] = [];
  const tryTo = async (subject: string, act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      failures.push(`${subject}: ${(error as Error).message}`);
      job.log(String((error as Error).stack ?? error));
    }
  };
  // At the end of a calibration, or of a check of the base, its report comes first, so that the look at the epic finds it.
  if (/^(?:success|failure)$/.test(job.input('calibrate-result')))
    await tryTo('The check of the base', async () => (await import('./record.ts')).run(job));
  // Most events concern no epic, so the client and the rest of swarm are loaded only for those that may.
  const isEvent = isWebhookEvent(job);
  const hints = isEvent ? hintsOf(job.event, await job.payload()) : [];
  if (isEvent && hints.length === 0) return job.log(NO_EPIC);
  const client = await job.connect();
  const { epics, requests } = await findEpics(job, client, hints);
  if (epics.length === 0 && job.event !== 'schedule') return job.log(NO_EPIC);
  const publisher = await job.connectToPublish();
  const orchestrator: Orchestrator = {
    client,
    ...(publisher ? { publisher } : {}),
    repository: job.repository,
    name: `run-${job.runId}-${crypto.randomUUID().slice(0, 8)}`,
    performed: new Map(),
    sights: new Map(),
    runsIn: 'job',
    log: job.log,
  };
  const look = async (numbers: readonly IssueNumber[]): Promise<void> => {
    for (const epic of numbers) await tryTo(`#${epic}`, () => reconcileEpic(job, orchestrator, epic, requests));
  };
  await look(epics);
  const isIdle = (): boolean => failures.length === 0 && orchestrator.sights.size === 0;
  if (job.event === 'schedule' && isIdle()) {
    await turnClock(orchestrator, 'off');
    // An epic that was started a moment ago may not have been seen, and turned the clock on before it was turned off here.
    await job.wait(SEEN_MS);
    await look((await findEpics(job, client, hints)).epics);
    if (isIdle()) job.log('No epic is under way. The clock is off until one starts.');
    else await turnClock(orchestrator, 'on');
  }
  if (failures.length > 0) throw new Error(`Not everything could be done. ${failures.join(' ')}`);
}

/** GitHub's reads can lag behind its writes by seconds. */
const SEEN_MS = 15_000;

/** @see https://docs.github.com/en/rest/actions/workflows#disable-a-workflow */
async function turnClock({ client, repository }: Orchestrator, to: 'on' | 'off'): Promise<void> {
  const call = { owner: repository.owner, repo: repository.name, workflow_id: CLOCK_WORKFLOW };
  await (to === 'on'
    ? client.request('PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable', call)
    : client.request('PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/disable', call));
}

async function reconcileEpic(
  job: Job,
  orchestrator: Orchestrator,
  epic: IssueNumber,
  requests: readonly ManualRequest[],
): Promise<void> {
  const [{ reconcile }, { boardText, saySummary }] = await Promise.all([
    import('#reconcile'),
    import('#words/summary'),
  ]);
  let leftMs = MAX_WAIT_MS;
  let latest: Reconciled['decided'];
  for (;;) {
    const { kind, lookAgainAt, decided } = await reconcile(orchestrator, epic, requests);
    latest = decided ?? latest;
    if (kind === 'no such issue') return job.log(`There is no issue #${epic}.`);
    const waitMs =
      lookAgainAt === undefined ? Number.POSITIVE_INFINITY : Math.max(1_000, lookAgainAt - orchestrator.client.now());
    if (waitMs <= leftMs) {
      leftMs -= waitMs;
      await job.wait(waitMs);
      continue;
    }
    const board = latest?.decisions.find((decision) => decision.kind === 'show panel')?.board;
    if (board) {
      job.log(boardText(board));
      job.addSummary(saySummary(board));
    } else job.log(`#${epic}: nothing to do now.`);
    return;
  }
}

/** True for a webhook event, as opposed to a manual run, the schedule or a finished run. */
const isWebhookEvent = (job: Job): boolean =>
  job.input('dispatch') === '' && job.event !== 'workflow_dispatch' && job.event !== 'schedule';

async function findEpics(
  job: Job,
  client: Client,
  hints: ReturnType<typeof hintsOf>,
): Promise<{ readonly epics: readonly IssueNumber[]; readonly requests: readonly ManualRequest[] }> {
  // At the end of a dispatched run, its epic continues.
  if (job.input('dispatch') !== '') return { epics: [epicOf(job)], requests: [] };
  if (job.event === 'workflow_dispatch')
    return { epics: await manualEpics(job, client), requests: [manualRequest(job)] };
  const { epicsInFlight, epicsOf } = await import('#github/wake');
  const place: WakeOptions = {
    client,
    repository: job.repository,
    // Loaded only when a label has to be compared.
    parseConfig: async ({ file, text }) => (await import('#config/read')).readConfig(text, file),
  };
  const epics =
    job.event === 'schedule' || hints === 'everywhere' || hints.some(({ kind }) => kind === 'commit')
      ? await epicsInFlight({ ...place, log: (line) => job.log(line) })
      : await epicsOf(place, hints);
  return { epics, requests: [] };
}

/** `12`, `#12 #15`, `12, 15`, or `all`: every open issue with the label `epic`. */
async function manualEpics(job: Job, client: Client): Promise<readonly IssueNumber[]> {
  const text = job.input('epic').trim();
  if (text.toLowerCase() === 'all') {
    const { owner, name: repo } = job.repository;
    const issues = await client.paginate('GET /repos/{owner}/{repo}/issues', {
      owner,
      repo,
      labels: 'epic',
      state: 'open',
    });
    return issues
      .filter((issue) => !issue.pull_request)
      .map((issue) => issueNumber(issue.number))
      .sort((a, b) => a - b)
      .slice(0, MAX_EPICS);
  }
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const numbers = words
    .map((word) => issueIn(/^#?([1-9]\d*)$/.exec(word)?.[1]))
    .filter((number) => number !== undefined);
  if (words.length === 0 || words.length > MAX_EPICS || numbers.length < words.length) {
    throw new BadInput(
      `The input \`epic\` is ${JSON.stringify(text.slice(0, 80))}; it has to be issue numbers (at most ${MAX_EPICS}) or \`all\`.`,
    );
  }
  return [...new Set(numbers)];
}

function manualRequest(job: Job): ManualRequest {
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
      `The input \`${name}\` is ${JSON.stringify(text.slice(0, 40))}; it has to be a whole number from 1 to ${max}.`,
    );
  }
  return number;
}
