/**
 * The journal on GitHub: a commit chain at `refs/swarm/epics/<n>`, advanced by compare-and-swap.
 *
 * GraphQL does not show refs outside `refs/heads` and `refs/tags`, neither as a ref nor in an expression. So a ref is read by
 * REST, and the files of its commit by the commit's oid.
 *
 * The commit is created first, which does no harm if another writer wins. Then the ref is moved, if it still is where this
 * writer read it: by GraphQL's `updateRefs` with `beforeOid`, or by REST where that is refused for such refs. REST only
 * checks for a fast-forward, but that is the same condition here: the new commit's parent is the commit that was read, so of
 * two writers only the first can move the ref forward.
 */
import { headSha, type IssueNumber, type RepositoryName } from '#core/model/epic';
import { historyOf } from '#core/model/history';
import {
  type AuthorisedTexts,
  emptyJournal,
  emptyRecord,
  type Journal,
  type SegmentHistory,
} from '#core/model/journal';
import type { Claims } from '#core/model/journal/claims';
import type { Report } from '#core/model/report';
import { readHistory } from '#core/schedule/expectations';
import { type Client, GitHubRefused, inRepository } from './client.ts';
import { CONFIG_FIELDS, type ConfigAnswer, type ConfigText, configTextIn } from './config-text.ts';
import {
  ABSENT,
  claimRef,
  EPICS,
  type FileAnswer,
  fileOf,
  journalRef,
  type RefMove,
  readFile,
  readFiles,
  readHead,
  readRefs,
  STATE_FILE,
} from './refs.ts';

export const reportRef = (epic: IssueNumber, attempt: string): string => `refs/swarm/runs/${epic}/${attempt}`;
export const calibrationRef = (epic: IssueNumber, wave: number, round: number): string =>
  `refs/swarm/runs/${epic}/wave-${wave}-${round}`;

export const baselineRef = (epic: IssueNumber, round: number): string => `refs/swarm/runs/${epic}/baseline-${round}`;

/** Next to the state: a short history of the epic's segments, for the forecasts of later epics. */
const HISTORY_FILE = 'took.json';
/** How many earlier journals a forecast uses. */
const EARLIER_EPICS = 20;

/** The text of an issue as it was authorised. */
export const textFile = (number: number): string => `issues/${number}.json`;

export interface StoredJournal {
  readonly journal: Journal;
  /** The commit that it was read from, which is `from` in the next step. */
  readonly oid: string;
  /** GraphQL id of the repository. */
  readonly repositoryId: string;
  /** The texts that were asked for, as they were authorised. */
  readonly texts: AuthorisedTexts;
  /** The config as it is now. */
  readonly config: ConfigText;
}

/**
 * @param issues their texts are read in the same query.
 * @returns undefined if the epic was never started. @throws JournalBroken if the ref does not contain a valid journal.
 */
export async function readJournal(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
  issues: readonly IssueNumber[] = [],
): Promise<StoredJournal | undefined> {
  const oid = await readHead(client, repository, epic);
  if (oid === undefined) return undefined;
  const texts = issues.map((number) => `text${number}: ${fileOf('$oid', `"${textFile(number)}"`)}`);
  const { repository: seen } = await client.queryWithNulls<{
    repository:
      | (ConfigAnswer & { id: string; state: FileAnswer } & Readonly<Record<`text${number}`, FileAnswer>>)
      | null;
  }>(
    `query Journal($owner: String!, $name: String!, $oid: GitObjectID!) {
      repository(owner: $owner, name: $name) { id state: ${fileOf('$oid', `"${STATE_FILE}"`)} ${texts.join(' ')} ${CONFIG_FIELDS} }
    }`,
    { ...repository, oid },
  );
  if (!seen) return undefined;
  const journal = await readState(client, repository, { epic, oid, seen: seen.state });
  const read = issues.map(async (number) => {
    const file = { commit: oid, path: textFile(number), seen: seen[`text${number}`] };
    const text = await readFile(client, repository, file);
    return text === undefined ? [] : [[number, JSON.parse(text) as AuthorisedText] as const];
  });
  const found = Object.fromEntries((await Promise.all(read)).flat());
  return { journal, oid, repositoryId: seen.id, texts: found, config: configTextIn(seen) };
}

/** @param seen what a query showed of the state. @throws JournalBroken if it is not a valid journal of this epic. */
export async function readState(
  client: Client,
  repository: RepositoryName,
  { epic, oid, seen }: { readonly epic: IssueNumber; readonly oid: string; readonly seen: FileAnswer | undefined },
): Promise<Journal> {
  const text = await readFile(client, repository, { commit: oid, path: STATE_FILE, seen });
  if (text === undefined) throw new JournalBroken(`${journalRef(epic)} has no ${STATE_FILE}.`);
  return parseJournal(text, epic);
}

/** The history of segments of other epics, from the short files next to their journals: those of the latest epics. */
export async function readEarlier(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
): Promise<readonly SegmentHistory[]> {
  const refs = await readRefs(client, repository, EPICS);
  const latest = [...refs]
    .map(([ref, oid]) => ({ number: Number(ref.slice(EPICS.length)), oid }))
    .filter(({ number }) => number !== epic)
    .sort((a, b) => b.number - a.number)
    .slice(0, EARLIER_EPICS);
  const texts = await readFiles(
    client,
    repository,
    latest.map(({ oid }) => ({ commit: oid, path: HISTORY_FILE })),
  );
  return readHistory(texts.map((text) => parseHistory(text ?? '[]')));
}

/** A history that cannot be parsed is ignored: it must not stop the epic. */
function parseHistory(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
}

export class JournalBroken extends Error {
  override readonly name = 'JournalBroken';
}

export function parseJournal(text: string, epic: IssueNumber): Journal {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new JournalBroken(`${journalRef(epic)} has no valid JSON in state.json.`);
  }
  if (!isObject(value)) throw new JournalBroken(`${journalRef(epic)} has no journal in state.json.`);
  if (value.version !== 1) {
    throw new JournalBroken(
      `${journalRef(epic)} was written by another version of swarm (version ${String(value.version)}, this one reads 1).`,
    );
  }
  if (value.epic !== epic) throw new JournalBroken(`${journalRef(epic)} is the journal of #${String(value.epic)}.`);
  const wrong = brokenPart(value, epic);
  if (wrong !== undefined) throw new JournalBroken(`${journalRef(epic)} has no valid \`${wrong}\` in state.json.`);
  return value as unknown as Journal;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAlike = (one: unknown, other: unknown): boolean =>
  typeof one === typeof other && Array.isArray(one) === Array.isArray(other) && (one === null) === (other === null);

/** The first part that is not of its kind, if one is not. Swarm alone writes journals, but anybody with push access can. */
function brokenPart(value: Readonly<Record<string, unknown>>, epic: IssueNumber): string | undefined {
  const part = Object.entries(emptyJournal(epic)).find(([key, empty]) => !isAlike(value[key], empty));
  if (part) return part[0];
  const segments = Object.entries(value.segments as Record<string, unknown>);
  const segment = segments.find(
    ([, record]) =>
      !isObject(record) || Object.entries(emptyRecord).some(([key, empty]) => !isAlike(record[key], empty)),
  );
  return segment && `segments.${segment[0].slice(0, 20)}`;
}

export type AuthorisedText = AuthorisedTexts[number];

export interface JournalStep {
  readonly repositoryId: string;
  /** The commit that this step follows; undefined starts the journal. */
  readonly from: string | undefined;
  readonly journal: Journal;
  /** The commit message: `git log` of the ref is the epic's history. */
  readonly message: string;
  /** Texts as authorised, by issue number; the others stay unchanged. */
  readonly texts?: AuthorisedTexts;
  /** Segments that the epic has to have for itself after this step. */
  readonly claims?: Claims;
}

export type Advanced =
  | { readonly kind: 'advanced'; readonly oid: string }
  /** Another writer advanced the journal first, or other epics have these segments: observe and decide again. */
  | { readonly kind: 'lost'; readonly owned?: readonly IssueNumber[] };

/** Moves the journal, and makes the claims of the step. Nothing is moved unless all of it is. */
export async function advanceJournal(client: Client, repository: RepositoryName, step: JournalStep): Promise<Advanced> {
  const history = historyOf(step.journal);
  const file = (path: string, content: string) => ({ path, mode: '100644' as const, type: 'blob' as const, content });
  const tree = await client.request('POST /repos/{owner}/{repo}/git/trees', {
    ...inRepository(repository),
    ...(step.from ? { base_tree: step.from } : {}),
    tree: [
      file(STATE_FILE, `${JSON.stringify(step.journal, null, 1)}\n`),
      ...(history.length > 0 ? [file(HISTORY_FILE, `${JSON.stringify(history)}\n`)] : []),
      ...Object.entries(step.texts ?? {}).map(([number, text]) =>
        file(textFile(Number(number)), `${JSON.stringify(text, null, 1)}\n`),
      ),
    ],
  });
  const commit = await client.request('POST /repos/{owner}/{repo}/git/commits', {
    ...inRepository(repository),
    message: step.message,
    tree: tree.data.sha,
    parents: step.from ? [step.from] : [],
  });
  return moveHead(client, repository, step, commit.data.sha);
}

const LOST: Advanced = { kind: 'lost' };

/** Moves the journal's ref to this commit, if it is still where the step read it, together with its claims. */
async function moveHead(client: Client, repository: RepositoryName, step: JournalStep, oid: string): Promise<Advanced> {
  const { first = [], again = [] } = step.claims ?? {};
  const advanced = { kind: 'advanced', oid } as const;
  // Nobody has claimed most segments, so GitHub is asked who did only if that turns out wrong.
  const unclaimed = first.map((segment) => ({ name: claimRef(segment), beforeOid: ABSENT, afterOid: oid }));
  if (again.length === 0 && (await moveTogether(client, step, oid, unclaimed))) return advanced;
  if (first.length + again.length === 0) return moveHeadByRest(client, repository, step, oid);
  return moveWithClaims(client, repository, step, oid);
}

/** The same, with all claims as they are now. What it needs is loaded here, because most steps make no claim again. */
async function moveWithClaims(
  client: Client,
  repository: RepositoryName,
  step: JournalStep,
  oid: string,
): Promise<Advanced> {
  const { claimByRest, claimMoves } = await import('./claims.ts');
  const { first = [], again = [] } = step.claims ?? {};
  const { epic } = step.journal;
  const { moves, owned } = await claimMoves(client, repository, { epic, segments: [...first, ...again], oid });
  if (owned.length > 0) return { kind: 'lost', owned };
  const wasTried = again.length === 0 && moves.length === first.length && !moves.some(({ force }) => force);
  if (!wasTried && (await moveTogether(client, step, oid, moves))) return { kind: 'advanced', oid };
  // The journal's head is looked at first, so that no claim is made for a step that is lost anyway.
  if ((await readHead(client, repository, epic)) !== step.from) return LOST;
  for (const move of moves) if (!(await claimByRest(client, repository, move))) return LOST;
  return moveHeadByRest(client, repository, step, oid);
}

/** @returns false if GitHub refuses: one of the refs is not where it was, or such refs cannot be updated here. */
async function moveTogether(
  client: Client,
  step: JournalStep,
  oid: string,
  more: readonly RefMove[],
): Promise<boolean> {
  const head: RefMove = { name: journalRef(step.journal.epic), beforeOid: step.from ?? ABSENT, afterOid: oid };
  try {
    await client.mutate(
      `mutation Advance($repositoryId: ID!, $refUpdates: [RefUpdate!]!) {
        updateRefs(input: { repositoryId: $repositoryId, refUpdates: $refUpdates }) { clientMutationId }
      }`,
      { repositoryId: step.repositoryId, refUpdates: [head, ...more] },
    );
    return true;
  } catch (error) {
    // A validation error. REST says which one it is.
    if (error instanceof GitHubRefused && error.status === 422) return false;
    throw error;
  }
}

async function moveHeadByRest(
  client: Client,
  repository: RepositoryName,
  { from, journal }: JournalStep,
  oid: string,
): Promise<Advanced> {
  const ref = journalRef(journal.epic);
  const sha = headSha(oid);
  try {
    await (from === undefined
      ? client.request('POST /repos/{owner}/{repo}/git/refs', { ...inRepository(repository), ref, sha })
      : client.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
          ...inRepository(repository),
          ...{ ref: ref.replace(/^refs\//, ''), sha, force: false },
        }));
    return { kind: 'advanced', oid };
  } catch (error) {
    if (error instanceof GitHubRefused && error.status === 422 && HAS_MOVED.test(error.message)) return LOST;
    throw error;
  }
}

/** GitHub's answers about a ref that another writer has created, moved, or deleted. */
const HAS_MOVED = /already exists|not a fast.forward|reference (?:does not exist|update failed)/i;

/**
 * Texts of issues as they were authorised, which may differ from their current texts. An issue without one is left out.
 * @param oid the journal's commit
 */
export async function readAuthorisedTexts(
  client: Client,
  repository: RepositoryName,
  oid: string,
  numbers: readonly IssueNumber[],
): Promise<AuthorisedTexts> {
  const texts = await readFiles(
    client,
    repository,
    numbers.map((number) => ({ commit: oid, path: textFile(number) })),
  );
  return Object.fromEntries(
    numbers.flatMap((number, index) => {
      const text = texts[index];
      return text === undefined ? [] : [[number, JSON.parse(text) as AuthorisedText] as const];
    }),
  );
}

/**
 * Writes a report once. If an attempt has two publish jobs, the second finds the ref and leaves it unchanged.
 * @returns `written` if this call created it.
 */
export async function writeReport(
  client: Client,
  repository: RepositoryName & { readonly id: string },
  { ref, file, report, parents = [], staged }: NewReport,
): Promise<'written' | 'already there'> {
  const tree = await client.request('POST /repos/{owner}/{repo}/git/trees', {
    ...inRepository(repository),
    tree: [{ path: file, mode: '100644', type: 'blob', content: `${JSON.stringify(report, null, 1)}\n` }],
  });
  const commit = await client.request('POST /repos/{owner}/{repo}/git/commits', {
    ...inRepository(repository),
    message: `swarm: ${ref.replace('refs/swarm/runs/', '')}`,
    tree: tree.data.sha,
    parents: [...parents],
  });
  const oid = commit.data.sha;
  const refUpdates = [
    { name: ref, beforeOid: ABSENT, afterOid: oid },
    ...(staged === undefined ? [] : [{ name: staged, afterOid: ABSENT, force: true }]),
  ];
  try {
    await client.mutate(
      `mutation Report($repositoryId: ID!, $refUpdates: [RefUpdate!]!) {
        updateRefs(input: { repositoryId: $repositoryId, refUpdates: $refUpdates }) { clientMutationId }
      }`,
      { repositoryId: repository.id, refUpdates },
    );
    return 'written';
  } catch (error) {
    // All or nothing: one of the refs is not where it was, or such refs cannot be updated here. REST says which one it is.
    if (!(error instanceof GitHubRefused) || error.status !== 422) throw error;
    return writeReportByRest(client, repository, { ref, oid, staged });
  }
}

interface NewReport {
  readonly ref: string;
  readonly file: 'report.json' | 'calibration.json' | 'baseline.json';
  readonly report: unknown;
  /** Commits to keep with it. */
  readonly parents?: readonly string[];
  /** The ref that held the tree of the work until now. It is removed. */
  readonly staged?: string | undefined;
}

async function writeReportByRest(
  client: Client,
  repository: RepositoryName,
  { ref, oid, staged }: { readonly ref: string; readonly oid: string; readonly staged: string | undefined },
): Promise<'written' | 'already there'> {
  const here = inRepository(repository);
  const isWritten = await unlessRefused(/already exists/i, () =>
    client.request('POST /repos/{owner}/{repo}/git/refs', { ...here, ref, sha: headSha(oid) }),
  );
  if (staged !== undefined) {
    // Another publish job of this attempt may have removed it.
    await unlessRefused(/./, () =>
      client.request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ...here, ref: staged.replace(/^refs\//, '') }),
    );
  }
  return isWritten ? 'written' : 'already there';
}

/** @returns false if GitHub answers that the ref is not where it was, in these words. */
async function unlessRefused(words: RegExp, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof GitHubRefused && error.status === 422 && words.test(error.message)) return false;
    throw error;
  }
}

/** @returns undefined if there is none. */
export async function readReport(client: Client, repository: RepositoryName, ref: string): Promise<Report | undefined> {
  const commit = (await readRefs(client, repository, ref)).get(ref);
  if (commit === undefined) return undefined;
  const text = await readFile(client, repository, { commit, path: 'report.json', seen: undefined });
  return text === undefined ? undefined : (JSON.parse(text) as Report);
}
