/**
 * Finds out from an event where to look, and nothing more. No other content of the event is trusted: a wrong or forged
 * payload can at worst cause one unnecessary look (SPEC R4.1).
 *
 * Most events concern no epic. This file is enough to find that out, and it loads nothing else.
 */

import { readAttemptId } from '#core/model/attempt';
import { type IssueNumber, numberIn } from '#core/model/epic';
import { readMarker } from '#words/marker';

/** A hint from a payload. */
export type Hint =
  | { readonly kind: 'epic'; readonly number: IssueNumber }
  /** An issue at any level below an epic. */
  | { readonly kind: 'issue'; readonly number: IssueNumber }
  /** An issue that was deleted or moved away, so that GitHub cannot tell what it was part of. */
  | { readonly kind: 'gone issue'; readonly number: IssueNumber }
  /** An issue with a comment that may be a command, or that Swarm wrote. It concerns only epics that the issue is part of. */
  | { readonly kind: 'comment'; readonly number: IssueNumber; readonly by: 'member' | 'stranger' }
  /** A commit with a new check or status. It concerns only epics that know the commit. */
  | { readonly kind: 'commit'; readonly sha: string };

/** The events that swarm listens to, as listed in the app's manifest. */
export const EVENTS = [
  'issues',
  'issue_comment',
  'sub_issues',
  'issue_dependencies',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'workflow_run',
  'check_run',
  'status',
  'push',
] as const;

interface Payload {
  readonly action?: string;
  readonly issue?: { readonly number?: unknown; readonly pull_request?: unknown; readonly body?: unknown };
  readonly comment?: {
    readonly body?: unknown;
    readonly author_association?: unknown;
    readonly user?: { readonly type?: unknown } | null;
  };
  readonly parent_issue?: { readonly number?: unknown };
  readonly sub_issue?: { readonly number?: unknown };
  readonly blocked_issue?: { readonly number?: unknown };
  readonly blocking_issue?: { readonly number?: unknown };
  readonly pull_request?: { readonly body?: unknown };
  readonly ref?: unknown;
  readonly repository?: { readonly default_branch?: unknown };
  readonly check_run?: {
    readonly name?: unknown;
    readonly head_sha?: unknown;
    readonly app?: { readonly slug?: unknown };
  };
  readonly workflow_run?: { readonly display_title?: unknown; readonly head_sha?: unknown };
  /** Of a status. */
  readonly sha?: unknown;
}

/**
 * @returns the places to look; `everywhere` if the event may concern every epic (the base branch).
 */
export function hintsOf(event: string, payload: unknown): readonly Hint[] | 'everywhere' {
  const fields = (typeof payload === 'object' && payload !== null ? payload : {}) as Payload;
  switch (event) {
    case 'issues': {
      const hints = hintsFromIssues(fields.issue);
      const isGone = fields.action === 'deleted' || fields.action === 'transferred';
      return isGone ? hints.map(({ number }) => ({ kind: 'gone issue', number })) : hints;
    }
    case 'issue_comment':
      return fields.issue?.pull_request ? hintsFromPull(fields.issue.body) : hintsFromComment(fields);
    case 'sub_issues':
      return hintsFromIssues(fields.parent_issue, fields.sub_issue);
    case 'issue_dependencies':
      return hintsFromIssues(fields.blocked_issue, fields.blocking_issue);
    case 'pull_request':
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return hintsFromPull(fields.pull_request?.body);
    case 'workflow_run': {
      // `requested` adds nothing to the dispatch.
      if (fields.action === 'requested') return [];
      const title = /^swarm #([1-9]\d{0,9}) /.exec(String(fields.workflow_run?.display_title ?? ''));
      const epic = numberIn(title?.[1]);
      if (epic !== undefined) return [{ kind: 'epic', number: epic }];
      return fields.action === 'completed' ? hintsFromCommit(fields.workflow_run?.head_sha) : [];
    }
    case 'push':
      // Pushes to segments' branches also cause events of their pull requests.
      return fields.ref === `refs/heads/${String(fields.repository?.default_branch)}` ? 'everywhere' : [];
    case 'check_run':
      // Only the conclusion of a check matters.
      if (fields.action !== 'completed') return [];
      return fields.check_run?.app?.slug === 'github-actions'
        ? hintsFromJob(String(fields.check_run.name))
        : hintsFromCommit(fields.check_run?.head_sha);
    case 'status':
      return hintsFromCommit(fields.sha);
    default:
      return [];
  }
}

/** The end of a run covers its jobs, except publish: a segment's report exists before the rest of the matrix is done. */
function hintsFromJob(name: string): readonly Hint[] {
  const publish = /^segment (\d{1,15}) \/ publish$/.exec(name);
  return hintsFromIssues({ number: publish?.[1] });
}

const hintsFromCommit = (sha: unknown): readonly Hint[] | 'everywhere' =>
  typeof sha === 'string' && /^[0-9a-f]{40}$/.test(sha) ? [{ kind: 'commit', sha }] : 'everywhere';

/** Relations to a repository that come with a right in it, or may. */
const MEMBERS: readonly unknown[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/**
 * A comment says something new only if it may be a command, which is at its very beginning, or if it is a bot's and was
 * changed: a box in one of Swarm's questions, or its panel.
 */
function hintsFromComment({ action, issue, comment }: Payload): readonly Hint[] {
  const { body, user, author_association: relation } = comment ?? {};
  const matters = action === 'created' ? String(body).startsWith('/') : user?.type === 'Bot';
  if (!matters) return [];
  const by = MEMBERS.includes(relation) || user?.type === 'Bot' ? 'member' : 'stranger';
  return hintsFromIssues(issue).map(({ number }) => ({ kind: 'comment', number, by }));
}

const hintsFromIssues = (
  ...issues: readonly ({ readonly number?: unknown } | undefined)[]
): readonly { readonly kind: 'issue'; readonly number: IssueNumber }[] =>
  issues.flatMap((issue) => {
    const number = numberIn(issue?.number);
    return number === undefined ? [] : [{ kind: 'issue' as const, number }];
  });

/** The marker of swarm's pull requests names the attempt that opened them, and so its epic. */
function hintsFromPull(body: unknown): readonly Hint[] {
  const marker = typeof body === 'string' ? readMarker(body) : undefined;
  const attempt = marker?.kind === 'pull' ? readAttemptId(marker.key) : undefined;
  if (attempt?.epic === undefined) return hintsFromIssues({ number: attempt?.segment });
  const number = numberIn(attempt.epic);
  return number === undefined ? [] : [{ kind: 'epic', number }];
}
