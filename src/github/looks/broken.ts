/**
 * An epic whose journal cannot be read: nothing is decided for it, and its people are told so once. Other epics go on.
 */
import type { IssueNumber, RepositoryName } from '#core/model/epic';
import { sayNotice } from '#words/notices';
import type { Client } from '../client.ts';
import type { JournalBroken } from '../journal.ts';
import { onlyThe } from '../lists.ts';
import { journalRef } from '../refs.ts';

interface Answer {
  readonly repository: {
    readonly url: string;
    readonly issue: {
      readonly id: string;
      readonly state: string;
      readonly author: { readonly login: string } | null;
      readonly comments: { readonly nodes: readonly { readonly viewerDidAuthor: boolean; readonly body: string }[] };
    } | null;
  } | null;
}

/** @returns if the epic is open, and its people have just been told. */
export async function tellBroken(
  client: Client,
  repository: RepositoryName,
  epic: IssueNumber,
  error: JournalBroken,
): Promise<boolean> {
  const { repository: seen } = await client.queryWithNulls<Answer>(
    `query Broken($owner: String!, $name: String!, $epic: Int!) {
      repository(owner: $owner, name: $name) { url issue(number: $epic) {
        id state author { login }
        comments(${onlyThe('last', 50, 'after that many more, people may hear of it again')}) { nodes { viewerDidAuthor body } }
      } }
    }`,
    { ...repository, epic },
  );
  if (seen?.issue?.state !== 'OPEN') return false;
  const { id, author, comments } = seen.issue;
  const problem = {
    kind: 'JOURNAL_BROKEN',
    at: { issue: epic },
    ref: journalRef(epic),
    message: error.message,
  } as const;
  const body = sayNotice(
    { kind: 'calibration stopped', problem, owner: author?.login ?? '' },
    { key: `journal-broken:${error.message}`, url: seen.url },
  );
  const [marker = ''] = body.split('\n', 1);
  if (comments.nodes.some((comment) => comment.viewerDidAuthor && comment.body.startsWith(marker))) return false;
  await client.mutate(
    'mutation Say($subjectId: ID!, $body: String!) { addComment(input: { subjectId: $subjectId, body: $body }) { clientMutationId } }',
    { subjectId: id, body },
  );
  return true;
}
