/**
 * An event → where to look, and nothing more. What the event says about the world is not believed; a wrong or forged
 * payload can at worst make swarm look once too often (SPEC R4.1).
 *
 * Most events of a repository concern no epic. What is needed to see that is here, and loads nothing else.
 */

import { readAttemptId } from '#core/model/attempt';
import { type IssueNumber, numberIn } from '#core/model/epic';
import { readMarker } from '#words/marker';

/** A hint from a payload: an epic, or an issue whose topmost parent is the epic. */
export type Hint = { readonly kind: 'epic' | 'issue'; readonly number: IssueNumber };

/** The events swarm listens to, as the app's manifest lists them. */
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
 * @returns where to look; `everywhere` when the event concerns what every epic rests on (the base branch, a check).
 */
export function hintsOf(event: string, payload: unknown): readonly Hint[] | 'everywhere' {
  const said = (typeof payload === 'object' && payload !== null ? payload : {}) as Payload;
  switch (event) {
    case 'issues':
    case 'issue_comment':
      return said.issue?.pull_request ? ofPull(said.issue.body) : ofIssues(said.issue);
    case 'sub_issues':
      return ofIssues(said.parent_issue, said.sub_issue);
    case 'issue_dependencies':
      return ofIssues(said.blocked_issue, said.blocking_issue);
    case 'pull_request':
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return ofPull(said.pull_request?.body);
    case 'workflow_run': {
      // `requested` says nothing that the dispatch did not.
      if (said.action === 'requested') return [];
      const title = /^swarm #([1-9]\d{0,9}) /.exec(String(said.workflow_run?.display_title ?? ''));
      const epic = numberIn(title?.[1]);
      if (epic !== undefined) return [{ kind: 'epic', number: epic }];
      return said.action === 'completed' ? 'everywhere' : [];
    }
    case 'push':
      // Segments' own branches are told by their pull requests.
      return said.ref === `refs/heads/${String(said.repository?.default_branch)}` ? 'everywhere' : [];
    case 'check_run':
      // What counts of a check is how it ended.
      if (said.action !== 'completed') return [];
      return said.check_run?.app?.slug === 'github-actions' ? ofJob(String(said.check_run.name)) : 'everywhere';
    case 'status':
      return 'everywhere';
    default:
      return [];
  }
}

/** Jobs are told by their run; but a segment's report is there before the rest of its run's matrix is done. */
function ofJob(name: string): readonly Hint[] {
  const publish = /^segment (\d{1,15}) \/ publish$/.exec(name);
  return ofIssues({ number: publish?.[1] });
}

const ofIssues = (...issues: readonly ({ readonly number?: unknown } | undefined)[]): readonly Hint[] =>
  issues.flatMap((issue) => {
    const number = numberIn(issue?.number);
    return number === undefined ? [] : [{ kind: 'issue' as const, number }];
  });

/** Our pull requests say in their marker which attempt opened them. */
function ofPull(body: unknown): readonly Hint[] {
  const marker = typeof body === 'string' ? readMarker(body) : undefined;
  const attempt = marker?.kind === 'pull' ? readAttemptId(marker.key) : undefined;
  return ofIssues({ number: attempt?.segment });
}
