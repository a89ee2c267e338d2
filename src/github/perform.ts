/**
 * Performs the decisions in their order, without making any choice.
 *
 * The result of each act is recorded: done, refused by GitHub (`decide` sees this at the next look), or unsure, if GitHub
 * did not answer and the act may have happened. If GitHub says that the state already exists (merged, closed, deleted),
 * the act is done.
 */
import type { Decision } from '#core/model/decision';
import type { RepositoryName } from '#core/model/epic';
import type { Performed, Snapshot } from '#core/model/snapshot';
import { sayNotice, titleOf } from '#words/notices';
import { sayPanel } from '#words/panel';
import { mergeMessage } from '#words/pull';
import { sayReason } from '#words/reasons';
import { releaseClaims } from './claims.ts';
import { type Client, GitHubRefused, GitHubUnavailable, inRepository } from './client.ts';
import { defineList, ListTooLong } from './lists.ts';
import { publish, publishNew, reportChecks } from './pulls/publication.ts';
import type { List } from './queries.ts';
import { type Alone, type Answered, decisionsIn, performTogether, type Step, stepsOf } from './together.ts';

export interface PerformResult {
  /** Results by the act's key. Acts without a key are repeated until GitHub shows them. */
  readonly acts: Readonly<Record<string, Performed>>;
  /** `facts`: something that decisions rest on, so that another look may find more to do. */
  readonly wrote: 'nothing' | 'what people see' | 'facts';
  /** The longest wait that GitHub asked for. */
  readonly waitMs: number;
  /** Calls that GitHub refused or did not answer, for the log: the reason, then GitHub's words. */
  readonly troubles: readonly string[];
}

export interface Clients {
  readonly client: Client;
  /** For the branches and pull requests of segments, and their merges. */
  readonly publisher: Client;
}

interface Performer extends Clients {
  /** Keeps a line for the log. */
  readonly note: (line: string) => void;
}

export async function perform(
  clients: Clients,
  snapshot: Snapshot,
  decisions: readonly Decision[],
): Promise<PerformResult> {
  const acts: Record<string, Performed> = {};
  const troubles: string[] = [];
  let wrote: PerformResult['wrote'] = 'nothing';
  let waitMs = 0;
  const trouble = (decision: Decision, line: string): void =>
    void troubles.push(`${decision.kind} (${sayReason(decision.reason)}): ${line}`);
  const labelled = await withLabels(clients.client, snapshot, decisions);
  for (const step of stepsOf(labelled, decisions)) {
    const results = await tryStep(clients, labelled, step, trouble);
    for (const [index, decision] of decisionsIn(step).entries()) {
      const result = results[index];
      if (!result || result.kind === 'nothing to do') continue;
      if (result.kind === 'done') wrote = wrote === 'facts' || !isForPeople(decision) ? 'facts' : 'what people see';
      else trouble(decision, result.message);
      if ('key' in decision) acts[decision.key] = result;
      if (result.kind === 'unsure') waitMs = Math.max(waitMs, result.waitMs);
    }
    // A rate limit applies to every call, and more calls would only make it longer.
    if (results.some((result) => result.kind === 'unsure' && result.isLimited)) break;
  }
  return { acts, wrote, waitMs, troubles };
}

/** Makes the labels that the repository does not have yet, so that they have ids. One that fails is made with its first use. */
async function withLabels(client: Client, snapshot: Snapshot, decisions: readonly Decision[]): Promise<Snapshot> {
  const labelIds: Record<string, string> = { ...snapshot.labelIds };
  const wanted = decisions.flatMap((decision) => (decision.kind === 'set labels' ? decision.add : []));
  for (const name of new Set(wanted)) {
    if (labelIds[name.toLowerCase()] !== undefined) continue;
    try {
      const label = { ...inRepository(snapshot.repository), name, color: 'ededed' };
      labelIds[name.toLowerCase()] = (await client.request('POST /repos/{owner}/{repo}/labels', label)).data.node_id;
    } catch (error) {
      if (!(error instanceof GitHubRefused) && !(error instanceof GitHubUnavailable)) throw error;
    }
  }
  return { ...snapshot, labelIds };
}

/** Acts without a key that no decision rests on. */
const isForPeople = (decision: Decision): boolean =>
  decision.kind === 'set labels' ||
  decision.kind === 'react' ||
  decision.kind === 'delete branch' ||
  (decision.kind === 'show panel' && decision.comment !== undefined);

type ActResult =
  | Answered
  | { readonly kind: 'unsure'; readonly message: string; readonly waitMs: number; readonly isLimited: boolean };

const DONE = { kind: 'done' } as const;
const NOTHING = { kind: 'nothing to do' } as const;

/** @returns the results of its decisions, in their order. */
async function tryStep(
  clients: Clients,
  snapshot: Snapshot,
  step: Step,
  trouble: (decision: Decision, line: string) => void,
): Promise<readonly ActResult[]> {
  try {
    switch (step.kind) {
      case 'together':
        return await performTogether(clients.client, step.acts);
      case 'publish': {
        const pulls = await publishNew(clients.publisher, snapshot.repository, step.works);
        return pulls.map((pull) => (typeof pull === 'number' ? { kind: 'done', result: pull } : endedBy(pull)));
      }
      case 'alone':
        return [await act({ ...clients, note: (line) => trouble(step.decision, line) }, snapshot, step.decision)];
    }
  } catch (error) {
    const ended = endedBy(error);
    return decisionsIn(step).map(() => ended);
  }
}

function endedBy(error: unknown): ActResult {
  if (error instanceof GitHubRefused) return { kind: 'refused', status: error.status, message: error.message };
  // Acting on a part of a list could do a thing twice.
  if (error instanceof ListTooLong) return { kind: 'refused', status: 422, message: error.message };
  if (error instanceof GitHubUnavailable) {
    const isLimited = error.status === 403 || error.status === 429 || error.status === 200;
    return { kind: 'unsure', message: error.message, waitMs: error.waitMs, isLimited };
  }
  throw error;
}

async function act(performer: Performer, snapshot: Snapshot, decision: Alone): Promise<ActResult> {
  const { client, publisher } = performer;
  const repository: RepositoryName = snapshot.repository;
  const here = inRepository(repository);
  switch (decision.kind) {
    case 'dispatch':
      return dispatch(client, repository, decision);

    case 'cancel run':
      return nothingToDoIf([409], async () => {
        await client.request('POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel', {
          ...here,
          run_id: decision.runId,
        });
        return DONE;
      });

    case 'start clock':
      await client.request('PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable', {
        ...here,
        workflow_id: decision.workflow,
      });
      return DONE;

    case 'release claims':
      await releaseClaims(client, snapshot.repository, decision.epic, decision.segments);
      return DONE;

    case 'publish':
      return { kind: 'done', result: await publish(publisher, snapshot.repository, decision) };

    case 'report checks':
      await reportChecks(client, snapshot.repository, decision);
      return DONE;

    case 'mark ready':
      return byPublisher(performer, async (by) => {
        await by.mutate(
          `mutation Ready($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }`,
          { id: decision.pullId },
        );
        return DONE;
      });

    case 'enqueue': {
      const ended = await endedBefore(client, repository, decision);
      if (ended) return ended;
      return byPublisher(mergerOf(performer, snapshot, decision), async (by) => {
        await by.mutate(
          `mutation Enqueue($id: ID!, $head: GitObjectID!) { enqueuePullRequest(input: { pullRequestId: $id, expectedHeadOid: $head }) { clientMutationId } }`,
          { id: decision.pullId, head: decision.head },
        );
        return DONE;
      });
    }

    case 'dequeue':
      await client.mutate(
        `mutation Dequeue($id: ID!) { dequeuePullRequest(input: { id: $id }) { clientMutationId } }`,
        { id: decision.pullId },
      );
      return DONE;

    case 'merge': {
      const ended = await endedBefore(client, repository, decision);
      if (ended) return ended;
      const { title, message } = mergeMessage({ ...decision, pull: decision.pull });
      return byPublisher(mergerOf(performer, snapshot, decision), async (by) => {
        await by.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
          ...here,
          pull_number: decision.pull,
          sha: decision.head,
          merge_method: decision.method,
          ...(decision.method === 'rebase' ? {} : { commit_title: title, commit_message: message }),
        });
        return DONE;
      });
    }

    case 'update branch':
      return byPublisher(performer, async (by) => {
        await by.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/update-branch', {
          ...here,
          pull_number: decision.pull,
          expected_head_sha: decision.head,
        });
        return DONE;
      });

    case 'close pull':
      await client.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
        ...here,
        pull_number: decision.pull,
        state: 'closed',
      });
      return DONE;

    case 'tick criteria': {
      // GitHub has no precondition here, so a text that has changed since it was read is left to the next look.
      const issue = await unlessMissing(
        client.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { ...here, issue_number: decision.issue }),
      );
      if (issue?.body !== decision.was) return NOTHING;
      await client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...here,
        issue_number: decision.issue,
        body: decision.body,
      });
      return DONE;
    }

    case 'make issue':
      return makeIssue(client, snapshot, decision);

    case 'add blocker': {
      const issueId = decision.issueId ?? (await idOf(client, repository, decision.issue));
      const blockerId = decision.blockerId ?? (await idOf(client, repository, decision.blocker));
      if (issueId === undefined || blockerId === undefined) return NOTHING;
      await client.mutate(
        `mutation Block($issueId: ID!, $blockerId: ID!) { addBlockedBy(input: { issueId: $issueId, blockingIssueId: $blockerId }) { clientMutationId } }`,
        { issueId, blockerId },
      );
      return DONE;
    }

    case 'add sub-issue': {
      const issueId = decision.issueId ?? (await idOf(client, repository, decision.issue));
      if (issueId === undefined) return NOTHING;
      await client.mutate(ADD_SUB_ISSUE, { issueId: decision.parentId, subIssueId: issueId });
      return DONE;
    }

    case 'say': {
      const body = sayNotice(decision.notice, { key: decision.key, url: snapshot.repository.url });
      const { data } = await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...here,
        issue_number: decision.on,
        body,
      });
      return { kind: 'done', result: Number(data.id) };
    }

    case 'revise':
      await rewrite(client, snapshot, decision);
      return DONE;

    case 'untick': {
      // As with criteria: a text that has changed since it was read is left to the next look.
      const comment = await unlessMissing(
        client.request('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          ...here,
          comment_id: decision.comment,
        }),
      );
      if (comment?.body !== decision.was) return NOTHING;
      await rewrite(client, snapshot, decision);
      return DONE;
    }

    case 'show panel': {
      const body = sayPanel(decision.board, { key: String(decision.on), url: snapshot.repository.url });
      if (decision.comment === undefined) {
        const { data } = await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
          ...here,
          issue_number: decision.on,
          body,
        });
        return { kind: 'done', result: Number(data.id) };
      }
      // A late read does not show it, so nothing of it is known but its number.
      await client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
        ...here,
        comment_id: decision.comment,
        body,
      });
      return DONE;
    }

    case 'set labels':
      if (decision.add.length > 0) {
        await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
          ...here,
          issue_number: decision.issue,
          labels: [...decision.add],
        });
      }
      for (const name of decision.remove) {
        await nothingToDoIf([404], async () => {
          await client.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', {
            ...here,
            issue_number: decision.issue,
            name,
          });
          return DONE;
        });
      }
      return DONE;
  }
}

/**
 * GitHub has a precondition for the head alone. What else was true of a pull request is read again right before its merge.
 * @returns undefined if it may be merged.
 */
async function endedBefore(
  client: Client,
  repository: RepositoryName,
  { pull, base }: Extract<Decision, { kind: 'merge' | 'enqueue' }>,
): Promise<ActResult | undefined> {
  const now = await unlessMissing(
    client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...inRepository(repository), pull_number: pull }),
  );
  if (now?.merged) return DONE;
  return now?.state !== 'open' || now.draft || now.base.ref !== base ? NOTHING : undefined;
}

/** A token that is not valid, or that may not do this. Any other refusal is about the act. */
const NO_RIGHT: readonly number[] = [401, 403, 404];

/**
 * Acts with the publisher's token, because GitHub starts no workflow for what a job's token does. Where that token has no right
 * to it, the job's own does it.
 */
async function byPublisher(
  { client, publisher, note }: Performer,
  run: (by: Client) => Promise<ActResult>,
): Promise<ActResult> {
  if (publisher === client) return run(client);
  try {
    return await run(publisher);
  } catch (error) {
    if (!(error instanceof GitHubRefused) || !NO_RIGHT.includes(error.status)) throw error;
    note(`SWARM_PUBLISH_TOKEN may not do this, so the job's own token does, and no workflow starts: ${error.message}`);
    return run(client);
  }
}

/** What `mergeStateStatus` is if no rule keeps a pull request from merging. */
const FREE: readonly string[] = ['clean', 'unstable', 'has_hooks'];

/**
 * The publisher may be a person with the right to bypass the branch's rules, which Swarm never uses: that token merges only
 * what GitHub shows to Swarm's own as free to merge.
 */
const mergerOf = (
  performer: Performer,
  { pulls }: Snapshot,
  { pull }: Extract<Decision, { kind: 'merge' | 'enqueue' }>,
): Performer => {
  const state = pulls.find(({ number }) => number === pull)?.mergeState ?? '';
  return FREE.includes(state) ? performer : { ...performer, publisher: performer.client };
};

/** Rewrites one of swarm's comments, and keeps its marker. */
async function rewrite(
  client: Client,
  { repository }: Snapshot,
  { comment, notice, says }: Extract<Decision, { kind: 'revise' | 'untick' }>,
): Promise<void> {
  await client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
    ...inRepository(repository),
    comment_id: comment,
    body: sayNotice(notice, { key: says, url: repository.url }),
  });
}

/** GitHub's reads can lag behind its writes, so what is missing may only not be there yet. It is left to the next look. */
async function unlessMissing<Data>(reading: Promise<{ readonly data: Data }>): Promise<Data | undefined> {
  try {
    return (await reading).data;
  } catch (error) {
    if (error instanceof GitHubRefused && error.status === 404) return undefined;
    throw error;
  }
}

/** With these statuses, GitHub says that there is nothing left to do. */
async function nothingToDoIf(statuses: readonly number[], call: () => Promise<ActResult>): Promise<ActResult> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof GitHubRefused && statuses.includes(error.status)) return NOTHING;
    throw error;
  }
}

/**
 * With `return_run_details`, github.com answers with the run's id. GHES rejects the unknown field; the run is then found by
 * its title.
 */
async function dispatch(
  client: Client,
  repository: RepositoryName,
  decision: Extract<Decision, { kind: 'dispatch' }>,
): Promise<ActResult> {
  const call = (extra: Record<string, unknown>) =>
    client.request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', {
      ...inRepository(repository),
      workflow_id: 'swarm.yml',
      ref: decision.ref,
      inputs: { epic: String(decision.epic), dispatch: decision.dispatch.id },
      ...extra,
    });
  try {
    const { data } = (await call({ return_run_details: true })) as {
      readonly data?: { readonly workflow_run_id?: number };
    };
    return data?.workflow_run_id === undefined ? DONE : { kind: 'done', result: data.workflow_run_id };
  } catch (error) {
    if (!(error instanceof GitHubRefused) || error.status !== 400) throw error;
    await call({});
    return DONE;
  }
}

const ADD_SUB_ISSUE = `mutation Link($issueId: ID!, $subIssueId: ID!) { addSubIssue(input: { issueId: $issueId, subIssueId: $subIssueId, replaceParent: false }) { clientMutationId } }`;

const idOf = async (client: Client, repository: RepositoryName, number: number): Promise<string | undefined> =>
  (
    await unlessMissing(
      client.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
        ...inRepository(repository),
        issue_number: number,
      }),
    )
  )?.node_id;

/** Creates an issue and links it below its epic. If only the first step happened, its marker helps to find the issue again. */
async function makeIssue(
  client: Client,
  snapshot: Snapshot,
  decision: Extract<Decision, { kind: 'make issue' }>,
): Promise<ActResult> {
  const here = inRepository(snapshot.repository);
  const body = sayNotice(decision.notice, { key: decision.key, url: snapshot.repository.url });
  const orphan = await findOrphan(client, snapshot, decision.key, body);
  const issue =
    orphan ??
    (
      await client.request('POST /repos/{owner}/{repo}/issues', {
        ...here,
        title: titleOf(decision.notice),
        body,
        ...(decision.labels ? { labels: [...decision.labels] } : {}),
      })
    ).data;
  await client.mutate(ADD_SUB_ISSUE, { issueId: decision.parentId, subIssueId: issue.node_id });
  return { kind: 'done', result: issue.number };
}

/** An issue that was just created, latest first. */
interface NewIssue {
  readonly id: string;
  readonly number: number;
  readonly body: string;
  readonly createdAt: string;
  readonly viewerDidAuthor: boolean;
  readonly parent: { readonly number: number } | null;
}

const newIssues = defineList('newIssues', {
  ...{ kind: 'issues', on: 'Repository', field: 'issues', end: 'first', size: 30, most: 2_000 },
  filter: 'states: [OPEN], orderBy: { field: CREATED_AT, direction: DESC }',
  select: 'id number body createdAt viewerDidAuthor parent { number }',
});

/** The search for an orphan begins this long before the latest intention, because each repetition is an intention too. */
const EARLIER_TRIES_MS = 24 * 60 * 60_000;

/** An issue that an earlier try created but did not link: written by swarm, with the same marker and no parent. */
async function findOrphan(
  client: Client,
  snapshot: Snapshot,
  key: string,
  body: string,
): Promise<{ readonly number: number; readonly node_id: string } | undefined> {
  const intended = snapshot.journal?.acts[key]?.at;
  // What was never intended was never tried.
  if (intended === undefined) return undefined;
  const sinceMs = intended - EARLIER_TRIES_MS;
  const answer = await client.query<{ repository: { issues: List<NewIssue> } }>(
    `query Orphans($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id ${newIssues()} } }`,
    { owner: snapshot.repository.owner, name: snapshot.repository.name },
    { enough: { newIssues: (nodes) => Date.parse((nodes as NewIssue[]).at(-1)?.createdAt ?? '') < sinceMs } },
  );
  const marker = body.split('\n', 1)[0] ?? '';
  const found = answer.repository.issues.nodes.find(
    (issue) => issue.viewerDidAuthor && issue.parent === null && issue.body.split('\n', 1)[0] === marker,
  );
  return found && { number: found.number, node_id: found.id };
}
