/**
 * Finds out from an event where to look, and nothing more. No other content of the event is trusted: a wrong or forged
 * payload can at worst cause one unnecessary look (SPEC R4.1).
 *
 * Most events concern no epic. This file is enough to find that out, and it loads nothing else.
 */

import { readAttemptId } from '#core/model/attempt';
import { type IssueNumber, numberIn } from '#core/model/epic';
import { readMarker } from '#words/marker';

/** A hint from a payload: an epic, or an issue at any level below an epic. */
export type Hint = { readonly kind: 'epic' | 'issue'; readonly number: IssueNumber };

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
  readonly parent_issue?: { readonly number?: unknown };
  readonly sub_issue?: { readonly number?: unknown };
  readonly blocked_issue?: { readonly number?: unknown };
  readonly blocking_issue?: { readonly number?: unknown };
  readonly pull_request?: { readonly body?: unknown };
  readonly ref?: unknown;
  readonly repository?: { readonly default_branch?: unknown };
  readonly check_run?: { readonly name?: unknown; readonly app?: { readonly slug?: unknown } };
  readonly workflow_run?: { readonly display_title?: unknown };
}

/**
 * @returns the places to look; `everywhere` if the event may concern every epic (the base branch, a check).
 */
export function hintsOf(event: string, payload: unknown): readonly Hint[] | 'everywhere' {
  const fields = (typeof payload === 'object' && payload !== null ? payload : {}) as Payload;
  switch (event) {
    case 'issues':
    case 'issue_comment':
      return fields.issue?.pull_request ? hintsFromPull(fields.issue.body) : hintsFromIssues(fields.issue);
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
      return fields.action === 'completed' ? 'everywhere' : [];
    }
    case 'push':
      // Pushes to segments' branches also cause events of their pull requests.
      return fields.ref === `refs/heads/${String(fields.repository?.default_branch)}` ? 'everywhere' : [];
    case 'check_run':
      // Only the conclusion of a check matters.
      if (fields.action !== 'completed') return [];
      return fields.check_run?.app?.slug === 'github-actions'
        ? hintsFromJob(String(fields.check_run.name))
        : 'everywhere';
    case 'status':
      return 'everywhere';
    default:
      return [];
  }
}

/** The end of a run covers its jobs, except publish: a segment's report exists before the rest of the matrix is done. */
function hintsFromJob(name: string): readonly Hint[] {
  const publish = /^segment (\d{1,15}) \/ publish$/.exec(name);
  return hintsFromIssues({ number: publish?.[1] });
}

const hintsFromIssues = (...issues: readonly ({ readonly number?: unknown } | undefined)[]): readonly Hint[] =>
  issues.flatMap((issue) => {
    const number = numberIn(issue?.number);
    return number === undefined ? [] : [{ kind: 'issue' as const, number }];
  });

/** The marker of swarm's pull requests names the attempt that opened them. */
function hintsFromPull(body: unknown): readonly Hint[] {
  const marker = typeof body === 'string' ? readMarker(body) : undefined;
  const attempt = marker?.kind === 'pull' ? readAttemptId(marker.key) : undefined;
  return hintsFromIssues({ number: attempt?.segment });
}
