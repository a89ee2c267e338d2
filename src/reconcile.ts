/**
 * Swarm, on one page: observe GitHub, decide, perform the decisions; again, until nothing is left to do.
 *
 * It may be called at any time, by anyone, for any epic, and twice. The journal is advanced before anything is
 * performed, by compare-and-swap. An orchestrator that loses that step looks again and decides from the new state.
 */
import { type Decided, decide } from '#core/decide/decide';
import { isNews } from '#core/decide/remember';
import { type Instant, type IssueNumber, instant, type RepositoryName } from '#core/model/epic';
import { emptyJournal, type Journal } from '#core/model/journal';
import { claimsIn } from '#core/model/journal/claims';
import type { Performed } from '#core/model/snapshot';
import type { Client } from '#github/client';
import { advanceJournal, JournalBroken } from '#github/journal';
import { tellBroken } from '#github/looks/broken';
import { PassAnswers } from '#github/looks/pass';
import { cancelRunsOfGone } from '#github/looks/runs';
import { type Sight, standsStill } from '#github/looks/still';
import { type KnownJournal, type Observed, observe, type RunsIn } from '#github/observe';
import { perform } from '#github/perform';
import type { ManualRequest } from '#github/requests';
import { sayStep } from '#words/history';
import { sayReason } from '#words/reasons';

export interface Orchestrator {
  readonly client: Client;
  /** For branches and pull requests, so that the repository's own CI runs on them. Default: `client`. */
  readonly publisher?: Client;
  readonly repository: RepositoryName;
  /** Its own name, new for every process. It may repeat its own intents at once, and those of others only later. */
  readonly name: string;
  /** How this process's own acts ended, per epic, so that an unsure one is looked for before it is repeated. */
  readonly performed: Map<IssueNumber, Readonly<Record<string, Performed>>>;
  /** What the latest look saw of each epic that is under way. It says where to look, and is never acted on. */
  readonly sights: Map<IssueNumber, Sight>;
  readonly runsIn: RunsIn;
  readonly log: (line: string) => void;
}

export interface Reconciled {
  readonly kind: 'settled' | 'no such issue' | 'gave way';
  /** When to come back without being woken, by GitHub's clock. */
  readonly lookAgainAt?: Instant;
  readonly decided?: Decided;
}

/** How long an epic counts as standing still, as far as queries show it, until all of it is looked at again. */
const STILL_MS = 5 * 60_000;

/** The most steps that one epic can take in one go. More means that something undoes Swarm's work. */
const MAX_ROUNDS = 60;

export async function reconcile(
  orchestrator: Orchestrator,
  epic: IssueNumber,
  requests: readonly ManualRequest[] = [],
): Promise<Reconciled> {
  try {
    return await lookUntilSettled(orchestrator, epic, requests);
  } catch (error) {
    if (!(error instanceof JournalBroken)) throw error;
    const { client, repository, sights, log } = orchestrator;
    sights.delete(epic);
    // It would be the same at each look, so it is not logged again and again.
    if (await tellBroken(client, repository, epic, error)) log(`#${epic}: ${error.message}`);
    return { kind: 'settled', lookAgainAt: later(client.now(), STILL_MS) };
  }
}

async function lookUntilSettled(
  orchestrator: Orchestrator,
  epic: IssueNumber,
  requests: readonly ManualRequest[],
): Promise<Reconciled> {
  const { client, publisher = client, repository, performed, sights, log } = orchestrator;
  if (requests.length === 0) {
    const still = await stillAt(client, sights.get(epic)?.still);
    if (still) return { kind: 'settled', ...still };
  }
  let before = '';
  let own: Stepped | undefined;
  const answers = new PassAnswers(client, repository);
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const seen = await observe({
      client,
      repository,
      epic,
      orchestrator: orchestrator.name,
      performed: performed.get(epic) ?? {},
      expected: sights.get(epic)?.issues.size,
      known: own?.known,
      runsIn: orchestrator.runsIn,
      requests,
      answers,
      // Loaded only here: YAML and its schema are half of the bundle, and most events concern no epic.
      parseConfig: async ({ file, text }) => (await import('#config/read')).readConfig(text, file),
      parseBlock: async (body) => (await import('#plans/block')).readBlock(body),
    });
    if (!seen) {
      sights.delete(epic);
      for (const run of await cancelRunsOfGone(client, repository, epic)) {
        log(`#${epic}: the epic is gone, so its run ${run} is cancelled.`);
      }
      return { kind: 'no such issue' };
    }

    const decided = decide(seen.snapshot, seen.config);
    const sight = sightOf(seen, decided);
    if (sight) sights.set(epic, sight);
    else sights.delete(epic);
    // GitHub's reads can lag behind its writes. The same decisions twice in a row mean that the last ones do not show yet.
    const draft = JSON.stringify([decided.journal, decided.decisions]);
    if (draft === before) return { kind: 'settled', decided, lookAgainAt: later(client.now(), 5_000) };
    before = draft;
    own = await step(orchestrator, seen, decided);
    for (const segment of own.owned ?? []) answers.contested.add(segment);
    if (own.kind === 'lost') continue;

    const ended = await perform({ client, publisher }, seen.snapshot, decided.decisions);
    answers.acted(decided.decisions, ended.acts);
    performed.set(epic, remembered(own.known?.journal ?? decided.journal, performed.get(epic) ?? {}, ended.acts));
    for (const trouble of ended.troubles) log(`#${epic}: ${trouble}`);
    if (ended.waitMs > 0) return { kind: 'settled', lookAgainAt: later(client.now(), ended.waitMs), decided };
    if (own.kind === 'unchanged' && ended.wrote !== 'facts') {
      const again = decided.lookAgainAt === undefined ? {} : { lookAgainAt: decided.lookAgainAt };
      if (sight && seen.stillness && ended.wrote === 'nothing' && ended.troubles.length === 0) {
        const until = instant(Math.min(client.now() + STILL_MS, decided.lookAgainAt ?? Number.POSITIVE_INFINITY));
        sights.set(epic, { ...sight, still: { ...seen.stillness(), until, ...again } });
      }
      return { kind: 'settled', decided, ...again };
    }
  }
  log(`#${epic}: still changing after ${MAX_ROUNDS} rounds; giving way until the next event or sweep.`);
  return { kind: 'gave way', lookAgainAt: later(client.now(), 60_000) };
}

/** @returns when to come back, if nothing has changed since the epic was seen to stand still */
async function stillAt(client: Client, still: Sight['still']): Promise<Pick<Reconciled, 'lookAgainAt'> | undefined> {
  if (!still || client.now() >= still.until || !(await standsStill(client, still))) return undefined;
  // The answer tells GitHub's time, which may be long after the call before it.
  if (client.now() >= still.until) return undefined;
  return still.lookAgainAt === undefined ? {} : { lookAgainAt: still.lookAgainAt };
}

/** @returns undefined if the epic is not under way */
function sightOf({ snapshot }: Observed, { journal, decisions }: Decided): Sight | undefined {
  if (!snapshot.journal || journal.phase === 'cancelled' || journal.phase === 'finished') return undefined;
  const published = decisions.flatMap((decision) =>
    decision.kind === 'publish' && decision.put ? [decision.put.head] : [],
  );
  const open = snapshot.pulls.filter(({ state }) => state === 'open').map(({ head }) => head);
  return {
    commits: new Set([snapshot.base.head, ...open, ...Object.values(snapshot.branches), ...published]),
    issues: new Set([snapshot.epic.number, ...snapshot.issues.map(({ number }) => number)]),
  };
}

interface Stepped {
  readonly kind: 'advanced' | 'unchanged' | 'lost';
  /**
   * The journal after this step, which the next look need not read. If somebody else has advanced it since, the next step is
   * lost, as it would be a moment later.
   */
  readonly known?: KnownJournal;
  /** Segments that this step would have started, and that other epics have. */
  readonly owned?: readonly IssueNumber[];
}

/** The journal first: every act is written down before it happens. */
async function step(
  { client, repository }: Orchestrator,
  { snapshot, journalOid }: Observed,
  { journal, history, decisions, texts }: Decided,
): Promise<Stepped> {
  const before: Journal = snapshot.journal ?? emptyJournal(snapshot.epic.number);
  if (!isNews(snapshot, before, journal)) {
    const known = snapshot.journal && journalOid !== undefined && { oid: journalOid, journal: snapshot.journal };
    return { kind: 'unchanged', ...(known ? { known } : {}) };
  }
  const reasons = decisions.filter((decision) => decision.kind !== 'show panel').map(({ reason }) => sayReason(reason));
  const message = sayStep(snapshot.epic.number, history, reasons);
  const result = await advanceJournal(client, repository, {
    repositoryId: snapshot.repository.id,
    from: journalOid,
    journal,
    message,
    texts,
    claims: claimsIn(before, journal),
  });
  if (result.kind === 'lost') return result;
  // As it would be read: without what JSON leaves out.
  return { kind: 'advanced', known: { oid: result.oid, journal: JSON.parse(JSON.stringify(journal)) as Journal } };
}

/** Results are kept only for acts that the journal still waits for. */
function remembered(
  journal: Journal,
  before: Readonly<Record<string, Performed>>,
  now: Readonly<Record<string, Performed>>,
): Readonly<Record<string, Performed>> {
  const open = Object.entries({ ...before, ...now }).filter(
    // Before an epic is started there is no journal: until the act shows, only this process knows that it was done.
    ([key, { kind }]) => journal.acts[key]?.state === 'intended' || (!journal.authorisation && kind !== 'unsure'),
  );
  return Object.fromEntries(open);
}

const later = (now: Instant, ms: number): Instant => (now + ms) as Instant;
