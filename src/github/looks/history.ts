/** The history of an epic: the commits of its journal, each with what happened and the reasons for it. */
import type { IssueNumber, RepositoryName } from '#core/model/epic';
import type { Client } from '../client.ts';
import { type CutList, defineList } from '../lists.ts';
import { readHead } from '../refs.ts';

export interface HistoryStep {
  readonly commit: string;
  /** ISO 8601. */
  readonly at: string;
  /** As `sayStep` wrote it. */
  readonly message: string;
}

export interface History {
  /** Newest first. */
  readonly steps: readonly HistoryStep[];
  /** True if there are more, which are older. */
  readonly isCut: boolean;
}

/** A long epic takes a few hundred steps. */
const MOST = 2_000;

const journalSteps = defineList('journalSteps', {
  ...{ kind: 'commits', on: 'Commit', field: 'history', end: 'first', size: 100, most: MOST },
  select: 'oid committedDate message',
});

interface Answer {
  readonly repository: {
    readonly object: {
      readonly history?: {
        readonly nodes: readonly { readonly oid: string; readonly committedDate: string; readonly message: string }[];
      };
    } | null;
  } | null;
}

/** @returns undefined if the epic was never started. */
export async function readEpicHistory(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
): Promise<History | undefined> {
  const oid = await readHead(client, repository, epic);
  if (oid === undefined) return undefined;
  const cuts: CutList[] = [];
  const answer = await client.query<Answer>(
    `query SwarmHistory($owner: String!, $name: String!, $oid: GitObjectID!) {
      repository(owner: $owner, name: $name) { id object(oid: $oid) { id ... on Commit { ${journalSteps()} } } }
    }`,
    { owner: repository.owner, name: repository.name, oid },
    { onCut: (list) => void cuts.push(list) },
  );
  const nodes = answer.repository?.object?.history?.nodes ?? [];
  return {
    steps: nodes.map(({ oid: commit, committedDate: at, message }) => ({ commit, at, message })),
    isCut: cuts.length > 0,
  };
}
