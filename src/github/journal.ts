/**
 * The journal on GitHub: a commit chain at `refs/swarm/epics/<n>`, advanced by compare-and-swap.
 *
 * The commit is created first, which does no harm if another writer wins. Only GraphQL's `updateRefs` with `beforeOid` moves
 * the ref. REST's `PATCH git/refs` is not enough: it only checks for a fast-forward, which two writers can both pass.
 */
import { setTimeout } from 'node:timers/promises';
import { headSha, type IssueNumber, type RepositoryName } from '#core/model/epic';
import { historyOf } from '#core/model/history';
import type { AuthorisedTexts, Journal, SegmentHistory } from '#core/model/journal';
import { readHistory } from '#core/schedule/expectations';
import { type Client, GitHubRefused, inRepository } from './client.ts';
import { onlyThe } from './lists.ts';

const EPICS = 'refs/swarm/epics/';
export const journalRef = (epic: IssueNumber): string => `${EPICS}${epic}`;
export const reportRef = (epic: IssueNumber, attempt: string): string => `refs/swarm/runs/${epic}/${attempt}`;
export const calibrationRef = (epic: IssueNumber, wave: number, round: number): string =>
  `refs/swarm/runs/${epic}/wave-${wave}-${round}`;

/** Next to the state: a short history of the epic's segments, for the forecasts of later epics. */
const HISTORY_FILE = 'took.json';
/** How many earlier journals a forecast uses. */
const EARLIER_EPICS = 20;

const ABSENT = '0'.repeat(40);

export interface StoredJournal {
  readonly journal: Journal;
  /** The commit that it was read from, which is `from` in the next step. */
  readonly oid: string;
  /** GraphQL id of the repository. */
  readonly repositoryId: string;
}

interface BlobAnswer {
  readonly text: string | null;
  readonly isTruncated: boolean;
  readonly oid: string;
}

/** @returns undefined if the epic was never started. @throws JournalBroken if the ref does not contain a valid journal. */
export async function readJournal(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
): Promise<StoredJournal | undefined> {
  const ref = journalRef(epic);
  const answer = await client.queryWithNulls<{
    repository: { id: string; head: { oid: string } | null; state: BlobAnswer | null } | null;
  }>(
    `query Journal($owner: String!, $name: String!, $head: String!, $state: String!) {
      repository(owner: $owner, name: $name) {
        id
        head: object(expression: $head) { oid }
        state: object(expression: $state) { oid ... on Blob { text isTruncated } }
      }
    }`,
    { ...repository, head: ref, state: `${ref}:state.json` },
  );
  if (!answer.repository?.head || !answer.repository.state) return undefined;
  return {
    journal: parseJournal(await readFullText(client, repository, answer.repository.state), epic),
    oid: answer.repository.head.oid,
    repositoryId: answer.repository.id,
  };
}

/** The history of segments of other epics, from the short files next to their journals. One query, no matter how large they are. */
export async function readEarlier(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
): Promise<readonly SegmentHistory[]> {
  type Ref = { name: string; target: { file?: { object: { text?: string | null } | null } | null } | null };
  const answer = await client.queryWithNulls<{ repository: { refs: { nodes: readonly Ref[] } | null } | null }>(
    `query Earlier($owner: String!, $name: String!, $prefix: String!, $path: String!) {
      repository(owner: $owner, name: $name) {
        refs(refPrefix: $prefix, ${onlyThe('first', EARLIER_EPICS, 'a forecast needs examples, not all epics')}, orderBy: { field: ALPHABETICAL, direction: DESC }) {
          nodes { name target { ... on Commit { file(path: $path) { object { ... on Blob { text } } } } } }
        }
      }
    }`,
    { ...repository, prefix: EPICS, path: HISTORY_FILE },
  );
  const lists = (answer.repository?.refs?.nodes ?? [])
    .filter(({ name }) => name !== String(epic))
    .map(({ target }) => parseHistory(target?.file?.object?.text ?? '[]'));
  return readHistory(lists);
}

/** A history that cannot be parsed is ignored: it must not stop the epic. */
function parseHistory(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
}

/** GraphQL truncates a blob's text at 512 KiB and says so; REST returns all of it. */
export async function readFullText(client: Client, repository: RepositoryName, blob: BlobAnswer): Promise<string> {
  if (blob.text !== null && !blob.isTruncated) return blob.text;
  const answer = await client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
    ...inRepository(repository),
    file_sha: blob.oid,
  });
  return Buffer.from(answer.data.content, 'base64').toString('utf8');
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
  const journal = value as Partial<Journal>;
  if (journal.version !== 1) {
    throw new JournalBroken(
      `${journalRef(epic)} was written by another version of swarm (version ${String(journal.version)}, this one reads 1).`,
    );
  }
  if (journal.epic !== epic) throw new JournalBroken(`${journalRef(epic)} is the journal of #${String(journal.epic)}.`);
  return value as Journal;
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
}

/** @returns `lost` if another writer advanced the journal first: observe and decide again. */
export async function advanceJournal(
  client: Client,
  repository: RepositoryName,
  step: JournalStep,
): Promise<{ readonly kind: 'advanced'; readonly oid: string } | { readonly kind: 'lost' }> {
  const history = historyOf(step.journal);
  const file = (path: string, content: string) => ({ path, mode: '100644' as const, type: 'blob' as const, content });
  const tree = await client.request('POST /repos/{owner}/{repo}/git/trees', {
    ...inRepository(repository),
    ...(step.from ? { base_tree: step.from } : {}),
    tree: [
      file('state.json', `${JSON.stringify(step.journal, null, 1)}\n`),
      ...(history.length > 0 ? [file(HISTORY_FILE, `${JSON.stringify(history)}\n`)] : []),
      ...Object.entries(step.texts ?? {}).map(([number, text]) =>
        file(`issues/${number}.json`, `${JSON.stringify(text, null, 1)}\n`),
      ),
    ],
  });
  const commit = await client.request('POST /repos/{owner}/{repo}/git/commits', {
    ...inRepository(repository),
    message: step.message,
    tree: tree.data.sha,
    parents: step.from ? [step.from] : [],
  });
  try {
    await client.mutate(
      `mutation Advance($repositoryId: ID!, $name: GitRefname!, $before: GitObjectID!, $after: GitObjectID!) {
        updateRefs(input: { repositoryId: $repositoryId, refUpdates: [{ name: $name, beforeOid: $before, afterOid: $after }] }) {
          clientMutationId
        }
      }`,
      {
        repositoryId: step.repositoryId,
        name: journalRef(step.journal.epic),
        before: step.from ?? ABSENT,
        after: commit.data.sha,
      },
    );
  } catch (error) {
    // GitHub refuses a stale `beforeOid` with a validation error. The next look shows the other writer's step.
    if (!(error instanceof GitHubRefused) || error.status !== 422) throw error;
    // If the ref has not moved, this is not a race, and a retry would be refused again.
    if (await hasMoved(client, repository, step)) return { kind: 'lost' };
    throw error;
  }
  return { kind: 'advanced', oid: commit.data.sha };
}

/** GitHub's reads can lag behind its writes, so a ref that seems unmoved is looked at again after these pauses. */
const LOOK_AGAIN_MS = [0, 300, 1_500];

async function hasMoved(client: Client, repository: RepositoryName, step: JournalStep): Promise<boolean> {
  for (const pause of LOOK_AGAIN_MS) {
    await setTimeout(pause);
    const stored = await readJournal(client, repository, step.journal.epic);
    if (stored?.oid !== step.from) return true;
  }
  return false;
}

/** The authorised text of an issue, which may differ from its current text. @returns undefined if there is none. */
/** Where git has the text of an issue as it was authorised. */
export const textFile = (epic: IssueNumber, number: number): string => `${journalRef(epic)}:issues/${number}.json`;

export async function readAuthorisedText(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
  number: IssueNumber,
): Promise<AuthorisedText | undefined> {
  const answer = await client.queryWithNulls<{ repository: { text: BlobAnswer | null } | null }>(
    `query Text($owner: String!, $name: String!, $file: String!) {
      repository(owner: $owner, name: $name) { text: object(expression: $file) { oid ... on Blob { text isTruncated } } }
    }`,
    { ...repository, file: textFile(epic, number) },
  );
  const blob = answer.repository?.text;
  return blob ? (JSON.parse(await readFullText(client, repository, blob)) as AuthorisedText) : undefined;
}

/**
 * Writes a report once. If an attempt has two publish jobs, the second finds the ref and leaves it unchanged.
 * @returns `written` if this call created it.
 */
export async function writeReport(
  client: Client,
  repository: RepositoryName,
  ref: string,
  file: 'report.json' | 'calibration.json',
  report: unknown,
): Promise<'written' | 'already there'> {
  const tree = await client.request('POST /repos/{owner}/{repo}/git/trees', {
    ...inRepository(repository),
    tree: [{ path: file, mode: '100644', type: 'blob', content: `${JSON.stringify(report, null, 1)}\n` }],
  });
  const commit = await client.request('POST /repos/{owner}/{repo}/git/commits', {
    ...inRepository(repository),
    message: `swarm: ${ref.replace('refs/swarm/runs/', '')}`,
    tree: tree.data.sha,
    parents: [],
  });
  try {
    await client.request('POST /repos/{owner}/{repo}/git/refs', {
      ...inRepository(repository),
      ref,
      sha: headSha(commit.data.sha),
    });
    return 'written';
  } catch (error) {
    if (error instanceof GitHubRefused && error.status === 422 && /already exists/i.test(error.message)) {
      return 'already there';
    }
    throw error;
  }
}
