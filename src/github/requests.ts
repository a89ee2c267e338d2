/** What people and bots ask for: commands in comments and reviews, labels, ticked boxes; each with who asked. */

import { COMMAND_LABELS, type Config, labelName } from '#core/model/config';
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
import type { People } from './people.ts';
import { pullsOf } from './pulls.ts';
import * as ask from './questions.ts';

/** A request whose person is known by login alone: whoever started a run by hand. */
export type AskedByHand = Omit<Request, 'by' | 'at'> & { readonly login: string };

interface Spoken {
  readonly comment: ask.CommentAnswer;
  readonly where: 'issue' | 'pull';
  readonly from: Request['from'];
}

export function commentsOf(raw: RawIssues, detail: ask.DetailAnswer): readonly Spoken[] {
  const onIssues = [raw.epic, ...raw.issues].flatMap((issue) =>
    (issue.comments?.nodes ?? []).map(
      (comment): Spoken => ({
        comment,
        where: 'issue',
        from: { kind: 'comment', issue: issueNumber(issue.number), node: comment.id },
      }),
    ),
  );
  const onPulls = pullsOf(detail).flatMap((pull) => [
    ...(pull.comments?.nodes ?? []).map(
      (comment): Spoken => ({
        comment,
        where: 'pull',
        from: { kind: 'pull comment', pull: pullNumber(pull.number), node: comment.id },
      }),
    ),
    ...pull.reviews.nodes.flatMap((review) =>
      (review.comments?.nodes ?? []).map(
        (comment): Spoken => ({
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

/** Our own comments, by the key of the act they are. A marker in anybody else's comment is only text. */
export function saidIn(comments: readonly Spoken[], epic: IssueNumber): Readonly<Record<string, Said>> {
  const said: Record<string, Said> = {};
  for (const { comment, from } of comments) {
    const marker = comment.viewerDidAuthor ? readMarker(comment.body) : undefined;
    if (!marker) continue;
    // An issue that ran by itself before keeps the panel of that; every epic has its own.
    if (marker.kind === 'panel' && (marker.key !== String(epic) || from.kind !== 'comment' || from.issue !== epic))
      continue;
    const key = marker.kind === 'panel' ? actKeys.panel : marker.key;
    const ticked = isQuestionKey(key) ? ticksIn(comment.body) : [];
    said[key] ??= {
      id: Number(comment.fullDatabaseId),
      body: comment.body,
      at: instant(Date.parse(comment.lastEditedAt ?? comment.createdAt)),
      ...(ticked.length > 0 ? { ticked } : {}),
    };
  }
  return said;
}

export async function requestsOf(
  { client, requests: byHand }: { readonly client: Client; readonly requests: readonly AskedByHand[] },
  config: Config,
  journal: Journal | undefined,
  raw: RawIssues,
  detail: ask.DetailAnswer,
  comments: readonly Spoken[],
  people: People,
): Promise<readonly Request[]> {
  const taken = journal?.taken ?? {};
  const requests: Request[] = [];
  for (const { comment, where, from } of comments) {
    const id = `comment:${comment.id}`;
    // An edited comment is no command: nobody knows what it said when others read it (SPEC R3.5).
    if (taken[id] || comment.viewerDidAuthor || comment.lastEditedAt !== null) continue;
    if (ask.hasReacted(comment, 'ROCKET', 'CONFUSED')) continue;
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
  // A review's own text can carry a command too; its verdict is read from its state.
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
  requests.push(...(await tickRequests(client, config, taken, comments, people)));
  requests.push(...(await labelRequests(raw.epic, config, taken, people)));
  if (journal) requests.push(...(await unblockRequests(raw, config, taken, people)));
  for (const { login, ...request } of byHand) {
    if (taken[request.id]) continue;
    requests.push({ ...request, at: client.now(), by: await people.byLogin(login) });
  }
  return requests.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/**
 * Boxes that were ticked in questions of ours, in the name of whoever ticked them. GitHub lets everybody with write access
 * edit anybody's comment, and any app that may write issues; so all who edited it since we wrote it are asked for, and one
 * among them whose word does not count is enough for none of it to count.
 */
async function tickRequests(
  client: Client,
  config: Config,
  taken: Journal['taken'],
  comments: readonly Spoken[],
  people: People,
): Promise<readonly Request[]> {
  const requests: Request[] = [];
  for (const { comment, from } of comments) {
    const { key = '' } = (comment.viewerDidAuthor && from.kind === 'comment' && readMarker(comment.body)) || {};
    const id = `ticks:${comment.id}:${comment.lastEditedAt}`;
    if (!isQuestionKey(key) || comment.lastEditedAt === null || taken[id]) continue;
    const boxes = ticksIn(comment.body);
    if (boxes.length === 0 || from.kind !== 'comment') continue;
    const editors = await editorsOf(client, comment, people);
    const [last] = editors;
    const by = editors.find((each) => !isTrusted(each, config)) ?? last;
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

/** Times of one edit may differ by this much from answer to answer. */
const CLOCK_MS = 5_000;

/**
 * Who edited a comment of ours since we last wrote it, the latest first; nobody where the last edit is our own, or where
 * GitHub does not tell of it.
 */
async function editorsOf(client: Client, comment: ask.CommentAnswer, people: People): Promise<readonly Person[]> {
  const { node } = await client.queryWhatIsThere<ask.EditsAnswer>(ask.EDITS, { id: comment.id });
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
 * A command label counts while it is on the epic, in the name of whoever put it there last. Who that was is read from
 * the timeline: an issue form can set labels in the name of somebody who may not (threats T01).
 */
async function labelRequests(
  epic: ask.IssueAnswer,
  config: Config,
  taken: Journal['taken'],
  people: People,
): Promise<readonly Request[]> {
  const requests: Request[] = [];
  for (const label of COMMAND_LABELS) {
    const name = labelName(config, label);
    if (!epic.labels.nodes.some((each) => each.name === name)) continue;
    const event = epic.timelineItems?.nodes.findLast((each) => each.label?.name === name);
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

/** Taking the blocked label off a segment by hand is a retry (SPEC R3.3). Swarm takes it off too; that asks for nothing. */
async function unblockRequests(
  { epic, issues }: RawIssues,
  config: Config,
  taken: Journal['taken'],
  people: People,
): Promise<readonly Request[]> {
  const name = labelName(config, 'blocked');
  const requests: Request[] = [];
  for (const issue of [epic, ...issues]) {
    const timeline = issue === epic ? epic.unlabeled : issue.timelineItems;
    const event = timeline?.nodes.findLast((each) => each.label?.name === name && each.actor?.__typename === 'User');
    if (!event || taken[`label:${event.id}`] || issue.labels.nodes.some((each) => each.name === name)) continue;
    const number = issueNumber(issue.number);
    requests.push({
      id: `label:${event.id}`,
      at: instant(Date.parse(event.createdAt)),
      by: await people.person(event.actor),
      asked: { kind: 'command', command: issue === epic ? { kind: 'retry' } : { kind: 'retry', segment: number } },
      from: { kind: 'label', name, issue: number },
    });
  }
  return requests;
}
