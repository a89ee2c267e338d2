/**
 * The journal on GitHub: a commit chain at `refs/swarm/epics/<n>`, advanced by compare-and-swap.
 *
 * A commit is made first and costs nothing if it loses; only GraphQL's `updateRefs` with `beforeOid` moves the ref.
 * REST's `PATCH git/refs` only checks for a fast-forward, which two writers from one parent can both pass.
 */
import { headSha, type IssueNumber, type RepositoryName } from '#core/model/epic';
import { historyOf } from '#core/model/history';
import type { AuthorisedTexts, Journal, SegmentHistory } from '#core/model/journal';
import { readHistory } from '#core/schedule/expectations';
import { type Client, GitHubRefused, inRepository } from './client.ts';

const EPICS = 'refs/swarm/epics/';
export const journalRef = (epic: IssueNumber): string => `${EPICS}${epic}`;
export const reportRef = (epic: IssueNumber, attempt: string): string => `refs/swarm/runs/${epic}/${attempt}`;
export const calibrationRef = (epic: IssueNumber, wave: number, round: number): string =>
  `refs/swarm/runs/${epic}/wave-${wave}-${round}`;

/** Beside the state: what the epic's segments took, in short, for the forecasts of later epics. */
const TOOK_FILE = 'took.json';
/** Journals that are looked back at. */
const EARLIER_EPICS = 20;

const ABSENT = '0'.repeat(40);

export interface StoredJournal {
  readonly journal: Journal;
  /** The commit it was read from: the `from` of the next step. */
  readonly oid: string;
  /** GraphQL id of the repository. */
  readonly repositoryId: string;
}

interface BlobAnswer {
  readonly text: string | null;
  readonly isTruncated: boolean;
  readonly oid: string;
}

/** @returns undefined where the epic was never started. @throws JournalBroken when what is there is no journal. */
export async function readJournal(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
): Promise<StoredJournal | undefined> {
  const ref = journalRef(epic);
  const answer = await client.queryWhatIsThere<{
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
    journal: parseJournal(await wholeText(client, repository, answer.repository.state), epic),
    oid: answer.repository.head.oid,
    repositoryId: answer.repository.id,
  };
}

/** What segments of other epics took, from the short notes beside their journals: one question, whatever their size. */
export async function readEarlier(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
): Promise<readonly SegmentHistory[]> {
  type Ref = { name: string; target: { file?: { object: { text?: string | null } | null } | null } | null };
  const answer = await client.queryWhatIsThere<{ repository: { refs: { nodes: readonly Ref[] } | null } | null }>(
    `query Earlier($owner: String!, $name: String!, $prefix: String!, $path: String!, $first: Int!) {
      repository(owner: $owner, name: $name) {
        refs(refPrefix: $prefix, first: $first, orderBy: { field: ALPHABETICAL, direction: DESC }) {
          nodes { name target { ... on Commit { file(path: $path) { object { ... on Blob { text } } } } } }
        }
      }
    }`,
    { ...repository, prefix: EPICS, path: TOOK_FILE, first: EARLIER_EPICS },
  );
  const lists = (answer.repository?.refs?.nodes ?? [])
    .filter(({ name }) => name !== String(epic))
    .map(({ target }) => parsed(target?.file?.object?.text ?? '[]'));
  return readHistory(lists);
}

/** A note that cannot be read teaches nothing, and keeps nobody from working. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
}

/** GraphQL cuts a blob's text at 512 KiB and says so; REST gives all of it. */
export async function wholeText(client: Client, repository: RepositoryName, blob: BlobAnswer): Promise<string> {
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
    throw new JournalBroken(`${journalRef(epic)} holds no JSON in state.json.`);
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

export interface Step {
  readonly repositoryId: string;
  /** The commit this step follows; undefined starts the journal. */
  readonly from: string | undefined;
  readonly journal: Journal;
  /** First line and body of the commit: `git log` of the ref is the epic's history. */
  readonly message: string;
  /** Texts as authorised, by issue number; what is not named stays as it was. */
  readonly texts?: AuthorisedTexts;
}

/** @returns `lost` when somebody else advanced the journal first: look again and decide anew. */
export async function advanceJournal(
  client: Client,
  repository: RepositoryName,
  step: Step,
): Promise<{ readonly kind: 'advanced'; readonly oid: string } | { readonly kind: 'lost' }> {
  const took = historyOf(step.journal);
  const file = (path: string, content: string) => ({ path, mode: '100644' as const, type: 'blob' as const, content });
  const tree = await client.request('POST /repos/{owner}/{repo}/git/trees', {
    ...inRepository(repository),
    ...(step.from ? { base_tree: step.from } : {}),
    tree: [
      file('state.json', `${JSON.stringify(step.journal, null, 1)}\n`),
      ...(took.length > 0 ? [file(TOOK_FILE, `${JSON.stringify(took)}\n`)] : []),
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
    // GitHub says no to a stale `beforeOid` with a validation error; whose step is there now, the next look tells.
    if (!(error instanceof GitHubRefused) || error.status !== 422) throw error;
    // Refused although nobody moved it: that is no race, and trying again would only be refused again.
    const there = await readJournal(client, repository, step.journal.epic);
    if (there?.oid === step.from) throw error;
    return { kind: 'lost' };
  }
  return { kind: 'advanced', oid: commit.data.sha };
}

/** The text that was authorised, whatever the issue says now. @returns undefined where none was. */
export async function readAuthorisedText(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
  number: IssueNumber,
): Promise<AuthorisedText | undefined> {
  const answer = await client.queryWhatIsThere<{ repository: { text: BlobAnswer | null } | null }>(
    `query Text($owner: String!, $name: String!, $file: String!) {
      repository(owner: $owner, name: $name) { text: object(expression: $file) { oid ... on Blob { text isTruncated } } }
    }`,
    { ...repository, file: `${journalRef(epic)}:issues/${number}.json` },
  );
  const blob = answer.repository?.text;
  return blob ? (JSON.parse(await wholeText(client, repository, blob)) as AuthorisedText) : undefined;
}

/**
 * A report is written once: of two publish jobs of one attempt the second finds the ref taken and leaves it.
 * @returns whether this call made it.
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
