/**
 * Swarm's own refs, and files by their commit.
 *
 * GraphQL does not show refs outside `refs/heads` and `refs/tags`, neither as a ref nor in an expression. So refs are read by
 * REST, and files by the oid of their commit.
 */
import { type IssueNumber, numberIn, type RepositoryName } from '#core/model/epic';
import { type Client, GitHubRefused, GitHubUnavailable, inRepository } from './client.ts';

export const EPICS = 'refs/swarm/epics/';
/** The journal's state, in each of its commits. */
export const STATE_FILE = 'state.json';
export const journalRef = (epic: IssueNumber): string => `${EPICS}${epic}`;

export const CLAIMS = 'refs/swarm/claims/';
/** The claim of a segment, which is at a commit of the journal of the epic that has it. */
export const claimRef = (segment: IssueNumber): string => `${CLAIMS}${segment}`;

/** A move of a ref, as GraphQL's `updateRefs` takes it. */
export interface RefMove {
  readonly name: string;
  /** Where it has to be now. */
  readonly beforeOid: string;
  readonly afterOid: string;
  /** Not only forward. */
  readonly force?: true;
}

/** Stands for "no commit", as git itself writes it. */
export const ABSENT = '0'.repeat(40);

/** The commit of each ref that begins with this. */
export async function readRefs(
  client: Client,
  repository: RepositoryName,
  prefix: string,
): Promise<ReadonlyMap<string, string>> {
  try {
    const answer = await client.request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', {
      ...inRepository(repository),
      ref: prefix.replace(/^refs\//, ''),
    });
    return new Map(answer.data.map(({ ref, object }) => [ref, object.sha]));
  } catch (error) {
    // GitHub's answer for a repository without commits.
    if (error instanceof GitHubRefused && error.status === 409) return new Map();
    throw error;
  }
}

/** The numbers of all epics that have a journal. */
export async function journalNumbers(client: Client, repository: RepositoryName): Promise<readonly number[]> {
  return [...(await readRefs(client, repository, EPICS)).keys()]
    .map((ref) => Number(ref.slice(EPICS.length)))
    .filter((number) => numberIn(number) !== undefined);
}

/** @returns the journal's latest commit; undefined if the epic was never started. */
export const readHead = async (
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
): Promise<string | undefined> => (await readRefs(client, repository, journalRef(epic))).get(journalRef(epic));

/** A commit with one of its files, as GraphQL shows it. Null: the commit does not show, or the file is not in it. */
export type FileAnswer = {
  readonly author?: { readonly name: string; readonly email: string } | null;
  readonly signature?: { readonly isValid: boolean; readonly wasSignedByGitHub: boolean } | null;
  readonly file?: {
    readonly object: {
      readonly oid: string;
      readonly text?: string | null;
      readonly isTruncated?: boolean;
    } | null;
  } | null;
} | null;

/** In a query: a file of a commit, with the commit's maker. Both parameters are GraphQL: `$commit`, `"state.json"`. */
export const fileOf = (oid: string, path: string): string =>
  `object(oid: ${oid}) { ... on Commit {
    author { name email }
    signature { isValid wasSignedByGitHub }
    file(path: ${path}) { object { oid ... on Blob { text isTruncated } } }
  } }`;

/** The author of commits that a job makes through the API. */
const JOBS = /^\d+\+github-actions\[bot\]@users\.noreply\./;

export const isSigned = (commit: FileAnswer | undefined): boolean =>
  commit?.signature?.isValid === true && commit.signature.wasSignedByGitHub;

/** Answers if a job made this commit. Nobody else gets GitHub's signature for that author. */
export const isByJob = (commit: FileAnswer | undefined): boolean =>
  isSigned(commit) && JOBS.test(commit?.author?.email ?? '');

/**
 * The text of a file in a commit.
 *
 * GraphQL cuts off a text at 512 KiB and says so, and a new commit may not show there yet. REST has all of it.
 * @param seen what a query showed of it
 * @returns undefined if the commit has no such file. @throws GitHubUnavailable if the commit does not show at all.
 */
export async function readFile(
  client: Client,
  repository: RepositoryName,
  { commit, path, seen }: { readonly commit: string; readonly path: string; readonly seen: FileAnswer | undefined },
): Promise<string | undefined> {
  if (seen && !seen.file) return undefined;
  const blob = seen?.file?.object;
  if (typeof blob?.text === 'string' && blob.isTruncated !== true) return blob.text;
  const oid = blob?.oid ?? (await findBlob(client, repository, commit, path));
  if (oid === undefined) return undefined;
  const answer = await client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
    ...inRepository(repository),
    file_sha: oid,
  });
  return Buffer.from(answer.data.content, 'base64').toString('utf8');
}

async function findBlob(
  client: Client,
  repository: RepositoryName,
  commit: string,
  path: string,
): Promise<string | undefined> {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      ...inRepository(repository),
      tree_sha: commit,
      recursive: '1',
    });
    return data.tree.find((entry) => entry.path === path)?.sha;
  } catch (error) {
    // A ref names this commit, so it exists.
    if (!(error instanceof GitHubRefused) || error.status !== 404) throw error;
    throw new GitHubUnavailable(`Commit ${commit} does not show yet.`, 404, 2_000, false);
  }
}

/** Several files, in one query. */
export async function readFiles(
  client: Client,
  repository: RepositoryName,
  files: readonly { readonly commit: string; readonly path: string }[],
): Promise<readonly (string | undefined)[]> {
  if (files.length === 0) return [];
  const answer = await client.queryWithNulls<{ repository: Readonly<Record<string, FileAnswer>> | null }>(
    `query Files($owner: String!, $name: String!${files.map((_, index) => `, $commit${index}: GitObjectID!, $path${index}: String!`).join('')}) {
      repository(owner: $owner, name: $name) {
        id
        ${files.map((_, index) => `file${index}: ${fileOf(`$commit${index}`, `$path${index}`)}`).join('\n        ')}
      }
    }`,
    {
      ...repository,
      ...Object.fromEntries(
        files.flatMap(({ commit, path }, index) => [
          [`commit${index}`, commit],
          [`path${index}`, path],
        ]),
      ),
    },
  );
  return Promise.all(
    files.map((file, index) => readFile(client, repository, { ...file, seen: answer.repository?.[`file${index}`] })),
  );
}
