/** Reads the requests of people and bots with their authors: commands in comments and reviews, labels, and ticked boxes. */

import { COMMAND_LABELS, type Config, isLabel } from '#core/model/config';
import { headSha, type IssueNumber, instant, issueNumber, pullNumber } from '#core/model/epic';
import type { Journal } from '#core/model/journal';
import { actKeys } from '#core/model/journal-lenses';
import { isTrusted, type Person } from '#core/model/people';
import { isQuestionKey } from '#core/model/question';
import type { Request, Said } from '#core/model/snapshot';
import { readCommand } from '#core/text/command';
import { readMarker } from '#words/marker';
import { ticksIn } from '#words/question';
import type { Client } from './client.ts';
import type { RawIssues } from './issues.ts';
import type { ReadOptions } from './lists.ts';
import type { People } from './people.ts';
import { pullsOf } from './pulls/pulls.ts';
import * as queries from './queries.ts';

/** A request from a manually started run; its person is known only by login. */
export type ManualRequest = Omit<Request, 'by' | 'at'> & { readonly login: string };

type Reader = { readonly client: Client } & ReadOptions;

interface FoundComment {
  readonly comment: queries.CommentAnswer;
  readonly where: 'issue' | 'pull';
  readonly from: Request['from'];
}

export function commentsOf(raw: RawIssues, detail: queries.DetailAnswer): readonly FoundComment[] {
  const onIssues = [raw.epic, ...raw.issues].flatMap((issue) =>
    (issue.comments?.nodes ?? []).map(
      (comment): FoundComment => ({
        comment,
        where: 'issue',
        from: { kind: 'comment', issue: issueNumber(issue.number), node: comment.id },
      }),
    ),
  );
  const onPulls = pullsOf(detail).flatMap((pull) => [
    ...(pull.comments?.nodes ?? []).map(
      (comment): FoundComment => ({
        comment,
        where: 'pull',
        from: { kind: 'pull comment', pull: pullNumber(pull.number), node: comment.id },
      }),
    ),
    ...pull.reviews.nodes.flatMap((review) =>
      (review.comments?.nodes ?? []).map(
        (comment): FoundComment => ({
          comment,
          where: 'pull',
          from: {
            kind: 'review comment',
            pull: pullNumber(pull.number),
            node: comment.id,
            head: headSha(review.commit?.oid ?? ''),
          },
        }),
      ),
    ),
  ]);
  return [...onIssues, ...onPulls];
}

/** Swarm's own comments, by the key of their act. A marker in another author's comment is only text. */
export function saidIn(comments: readonly FoundComment[], epic: IssueNumber): Readonly<Record<string, Said>> {
  const said: Record<string, Said> = {};
  for (const { comment, from } of comments) {
    const marker = comment.viewerDidAuthor ? readMarker(comment.body) : undefined;
    if (!marker) continue;
    // An issue that once ran as an epic of its own still has the panel of that run.
    if (marker.kind === 'panel' && (marker.key !== String(epic) || from.kind !== 'comment' || from.issue !== epic))
      continue;
    const key = marker.kind === 'panel' ? actKeys.panel : marker.key;
    const ticked = isQuestionKey(key) ? ticksIn(comment.body) : [];
    said[key] ??= {
      id: Number(comment.fullDatabaseId),
      node: comment.id,
      body: comment.body,
      at: instant(Date.parse(comment.lastEditedAt ?? comment.createdAt)),
      ...(ticked.length > 0 ? { ticked } : {}),
    };
  }
  return said;
}

export async function requestsOf(
  reader: Reader & { readonly requests: readonly ManualRequest[] },
  config: Config,
  journal: Journal | undefined,
  raw: RawIssues,
  detail: queries.DetailAnswer,
  comments: readonly FoundComment[],
  people: People,
): Promise<readonly Request[]> {
  const taken = journal?.taken ?? {};
  const requests: Request[] = [];
  for (const { comment, where, from } of comments) {
    const id = `comment:${comment.id}`;
    // An edited comment is not a command: its original text is unknown (SPEC R3.5).
    if (taken[id] || comment.viewerDidAuthor || comment.lastEditedAt !== null) continue;
    if (queries.hasReacted(comment, 'ROCKET', 'CONFUSED')) continue;
    const asked = readCommand(comment.body, where);
    if (asked.kind === 'nothing') continue;
    requests.push({
      id,
      at: instant(Date.parse(comment.createdAt)),
      by: await people.person(comment.author),
      asked,
      from,
    });
  }
  // The text of a review can contain a command too. Its verdict is read from its state.
  for (const pull of pullsOf(detail)) {
    for (const review of pull.reviews.nodes) {
      const id = `review:${review.id}`;
      const asked =
        review.state === 'COMMENTED' && review.lastEditedAt === null
          ? readCommand(review.body, 'pull')
          : { kind: 'nothing' as const };
      if (taken[id] || asked.kind === 'nothing' || !review.submittedAt) continue;
      const from: Request['from'] = { kind: 'pull comment', pull: pullNumber(pull.number), node: review.id };
      requests.push({
        id,
        at: instant(Date.parse(review.submittedAt)),
        by: await people.person(review.author),
        asked,
        from,
      });
    }
  }
  requests.push(...(await tickRequests(reader, config, taken, comments, people)));
  requests.push(...(await labelRequests(raw.epic, config, taken, people)));
  // People who tidy up the labels of a closed epic ask for nothing.
  if (journal && raw.epic.state === 'OPEN') {
    requests.push(...(await unblockRequests(raw, config, taken, people)));
    requests.push(...(await retryRequests(reader, raw, config, people)));
  }
  for (const { login, ...request } of reader.requests) {
    if (taken[request.id]) continue;
    requests.push({ ...request, at: reader.client.now(), by: await people.byLogin(login) });
  }
  return requests.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/**
 * Boxes ticked in swarm's questions, as requests of the person who ticked them. On GitHub, everyone with write access and
 * every app with permission for issues can edit any comment. So all editors since swarm's last edit are read, and if one of
 * them is not trusted, none of the ticks count.
 */
async function tickRequests(
  reader: Reader,
  config: Config,
  taken: Journal['taken'],
  comments: readonly FoundComment[],
  people: People,
): Promise<readonly Request[]> {
  const requests: Request[] = [];
  for (const { comment, from } of comments) {
    const { key = '' } = (comment.viewerDidAuthor && from.kind === 'comment' && readMarker(comment.body)) || {};
    const id = `ticks:${comment.id}:${comment.lastEditedAt}`;
    if (!isQuestionKey(key) || comment.lastEditedAt === null || taken[id]) continue;
    const boxes = ticksIn(comment.body);
    if (boxes.length === 0 || from.kind !== 'comment') continue;
    const editors = await editorsOf(reader, comment, people);
    const [last] = editors;
    const by = editors.find((editor) => !isTrusted(editor, config)) ?? last;
    if (!by) continue;
    requests.push({
      id,
      at: instant(Date.parse(comment.lastEditedAt)),
      by,
      asked: { kind: 'ticks', key, boxes },
      from: { kind: 'boxes', issue: from.issue },
    });
  }
  return requests;
}

/** The time of one edit may differ by this much between two of GitHub's answers. */
const CLOCK_MS = 5_000;

/**
 * The people who edited a comment since swarm last wrote it, latest first. Empty if the last edit is swarm's own, or if
 * GitHub does not show it yet.
 */
async function editorsOf(
  { client, ...options }: Reader,
  comment: queries.CommentAnswer,
  people: People,
): Promise<readonly Person[]> {
  const { node } = await client.queryWithNulls<queries.EditsAnswer>(queries.EDITS, { id: comment.id }, options);
  const edits = [...(node?.userContentEdits?.nodes ?? [])].sort(
    (a, b) => Date.parse(b.editedAt) - Date.parse(a.editedAt),
  );
  const [latest] = edits;
  const lastEditMs = Date.parse(comment.lastEditedAt ?? '');
  if (!latest || Date.parse(latest.editedAt) < lastEditMs - CLOCK_MS) return [];
  const own = edits.findIndex(({ editor }) => editor !== null && editor.login === comment.author?.login);
  const others = own === -1 ? edits : edits.slice(0, own);
  return Promise.all(others.map(({ editor }) => people.person(editor)));
}

/**
 * Command labels on the epic, as requests of the person who added them last, who is read from the timeline. An issue form
 * can set labels in the name of a person without permission (threats T01).
 */
async function labelRequests(
  epic: queries.EpicIssueAnswer,
  config: Config,
  taken: Journal['taken'],
  people: People,
): Promise<readonly Request[]> {
  const requests: Request[] = [];
  for (const label of COMMAND_LABELS) {
    const name = epic.labels.nodes.find((onEpic) => isLabel(onEpic.name, config, label))?.name;
    if (name === undefined) continue;
    const event = epic.timelineItems?.nodes.findLast((item) => item.label && isLabel(item.label.name, config, label));
    const id = `label:${event?.id ?? `${label}@${epic.updatedAt}`}`;
    if (taken[id]) continue;
    requests.push({
      id,
      at: instant(Date.parse(event?.createdAt ?? epic.updatedAt)),
      by: await people.person(event?.actor ?? null),
      asked: { kind: 'command', command: label === 'dry-run' ? { kind: 'execute', dryRun: true } : { kind: label } },
      from: { kind: 'label', name, issue: issueNumber(epic.number) },
    });
  }
  return requests;
}

/**
 * The label `swarm:retry` on a segment, as a request of the person who added it last. One that is taken already is among
 * them as long as its label is there, so that it is taken off.
 */
async function retryRequests(
  { client, ...options }: Reader,
  { issues }: RawIssues,
  config: Config,
  people: People,
): Promise<readonly Request[]> {
  const requests: Request[] = [];
  for (const issue of issues) {
    const name = issue.labels.nodes.find((label) => isLabel(label.name, config, 'retry'))?.name;
    if (name === undefined || issue.state !== 'OPEN') continue;
    const { node } = await client.queryWithNulls<queries.LabelledAnswer>(queries.LABELLED, { id: issue.id }, options);
    const event = node?.timelineItems?.nodes.findLast(
      (item) => item.label && isLabel(item.label.name, config, 'retry'),
    );
    // It does not show yet.
    if (!event) continue;
    const number = issueNumber(issue.number);
    requests.push({
      id: `label:${event.id}`,
      at: instant(Date.parse(event.createdAt)),
      by: await people.person(event.actor),
      asked: { kind: 'command', command: { kind: 'retry', segment: number } },
      from: { kind: 'label', name, issue: number },
    });
  }
  return requests;
}

/** A person who removes the blocked label of a segment requests a retry (SPEC R3.3). Swarm's own removals do not count. */
async function unblockRequests(
  { epic, issues }: RawIssues,
  config: Config,
  taken: Journal['taken'],
  people: People,
): Promise<readonly Request[]> {
  const isBlocked = (label: { readonly name: string } | null | undefined): boolean =>
    label != null && isLabel(label.name, config, 'blocked');
  const requests: Request[] = [];
  for (const issue of [epic, ...issues]) {
    const event = issue.changes?.nodes.findLast(({ label, actor }) => isBlocked(label) && actor?.__typename === 'User');
    if (!event || taken[`label:${event.id}`] || issue.labels.nodes.some(isBlocked)) continue;
    const number = issueNumber(issue.number);
    requests.push({
      id: `label:${event.id}`,
      at: instant(Date.parse(event.createdAt)),
      by: await people.person(event.actor),
      asked: { kind: 'command', command: issue === epic ? { kind: 'retry' } : { kind: 'retry', segment: number } },
      from: { kind: 'label', name: event.label?.name ?? '', issue: number },
    });
  }
  return requests;
}
