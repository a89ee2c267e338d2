/**
 * All that `decide` may know, gathered by one observation. Facts as GitHub showed them; nothing derived, no payload
 * of any event. `now` is GitHub's clock.
 */
import type { Asked } from './command.ts';
import type { HeadSha, Instant, IssueId, IssueNumber, IssueRef, PullNumber, RepositoryName } from './epic.ts';
import type { KnownInstructions } from './instructions.ts';
import type { Journal, SegmentHistory } from './journal.ts';
import type { Person } from './people.ts';
import type { Diagnostic } from './problem.ts';
import type { CalibrationReport, Report } from './report.ts';

export interface Snapshot {
  readonly now: Instant;
  /** The name of the orchestrator that looks; see `Act.by`. */
  readonly orchestrator: string;
  readonly repository: RepositoryName & { readonly id: string; readonly url: string; readonly defaultBranch: string };
  readonly base: Base;
  readonly epic: Issue;
  /** Every issue below the epic, groups and leaves, in GitHub's order. */
  readonly issues: readonly Issue[];
  /** Blockers and issues named in texts that are not below the epic. */
  readonly others: readonly OtherIssue[];
  /** The latest pull request of each branch that the journal knows. */
  readonly pulls: readonly Pull[];
  /** Workflow runs of the journal's unfinished dispatches. */
  readonly runs: readonly Run[];
  readonly reports: readonly Report[];
  readonly calibrationReports: readonly CalibrationReport[];
  /** Requests not in the journal's `taken`, and not answered by our 🚀 or 😕 before there was one; oldest first. */
  readonly requests: readonly Request[];
  /** Comments with a request that we took (👀) and have not finished (🚀). */
  readonly acknowledged: readonly { readonly id: string; readonly node: string }[];
  /** Our own comments found on the epic, its segments and their PRs, by the key in their marker. */
  readonly said: Readonly<Record<string, Said>>;
  /** Own issues made for a key, found by their marker. */
  readonly made: Readonly<Record<string, IssueNumber>>;
  /** Branches that the journal names and that exist, with their heads. */
  readonly branches: Readonly<Record<string, HeadSha>>;
  readonly journal: Journal | undefined;
  /** How the acts performed just before, in this process, ended: by act key. */
  readonly performed: Readonly<Record<string, Performed>>;
  /** Personas and skills on the base; undefined where no segment names one, and nobody looked. */
  readonly instructions?: KnownInstructions;
  /** What segments of earlier epics took; read while this one is not started, for its forecast. */
  readonly earlier?: readonly SegmentHistory[];
  /** Found before deciding: a broken config, a missing workflow, `SWARM_DISABLED`. */
  readonly preflight: readonly Diagnostic[];
  readonly configDigest: string;
}

export interface Base {
  readonly branch: string;
  readonly head: HeadSha;
  /** Of the checks that people's own CI reported on the base's head. */
  readonly checks: 'passing' | 'failing' | 'pending' | 'none';
  readonly failing: readonly string[];
}

export interface Issue {
  readonly id: IssueId;
  readonly number: IssueNumber;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly state: 'open' | 'completed' | 'not planned';
  readonly author: Person;
  /** The last editor of the body, where it is not the author. */
  readonly editor?: Person;
  /** When the body was last edited, by whomever. */
  readonly editedAt?: Instant;
  readonly labels: readonly string[];
  readonly parent?: IssueNumber;
  readonly children: readonly IssueNumber[];
  /** Native "blocked by" links. */
  readonly blockedBy: readonly (IssueRef & { readonly state: Issue['state'] })[];
  /** Links to issues that swarm may not see; undefined where there is none. */
  readonly hiddenBlockers?: number;
  /** SHA-256 of what an agent would be told of it: title, body, option labels. */
  readonly digest: string;
  /** Made by swarm for this key (its marker, and swarm as author). */
  readonly madeFor?: string;
  readonly kind: 'issue' | 'pull request';
}

export interface OtherIssue {
  readonly ref: IssueRef;
  readonly kind: 'issue' | 'pull request' | 'missing';
  readonly state?: Issue['state'];
}

export interface Pull {
  readonly number: PullNumber;
  readonly id: string;
  readonly url: string;
  readonly branch: string;
  readonly base: string;
  readonly head: HeadSha;
  /** The commit of the base that the head left it at. Looked up only where the head waits to be proven. */
  readonly startedFrom?: HeadSha;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  readonly mergeable: 'clean' | 'conflicting' | 'unknown';
  /** GitHub's `mergeStateStatus`, lower case: clean, blocked, behind, unstable, dirty, unknown … */
  readonly mergeState: string;
  readonly author: { readonly id: number; readonly login: string };
  readonly reviews: readonly Review[];
  /** Check runs and statuses on `head`. */
  readonly checks: readonly Check[];
  readonly mergeCommit?: HeadSha;
  readonly mergedAt?: Instant;
}

export interface Review {
  readonly id: string;
  readonly by: Person;
  readonly state: 'approved' | 'changes requested' | 'commented' | 'dismissed';
  /** The commit it was given for. */
  readonly head: HeadSha;
  readonly at: Instant;
  readonly body: string;
  readonly comments: readonly { readonly path: string; readonly line?: number; readonly body: string }[];
}

export interface Check {
  readonly name: string;
  /** Made by swarm itself: its publish job reports gates as check runs named `swarm / <gate>`. */
  readonly ours: boolean;
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'pending';
}

export interface Run {
  readonly id: number;
  readonly dispatch: string;
  readonly url: string;
  readonly state: 'queued' | 'running' | 'completed';
  readonly conclusion?: string;
  readonly jobs: readonly Job[];
}

export interface Job {
  readonly name: string;
  readonly state: 'queued' | 'running' | 'completed';
  readonly conclusion?: string;
  /** The step that runs now. */
  readonly step?: string;
  /** When that step began; of a job without steps, when the job did. */
  readonly since?: Instant;
  /** The job's page: its log is told there, line by line, while it runs. */
  readonly url?: string;
}

/** Something a person asked for, with the permission that GitHub says the person has now. */
export interface Request {
  /** Stable, from GitHub: `comment:<id>`, `label:<event id>`, `review:<id>`, `run:<id>`, `ticks:<id>:<time>`. */
  readonly id: string;
  readonly at: Instant;
  readonly by: Person;
  readonly asked: Asked | Ticks;
  readonly from:
    | { readonly kind: 'label'; readonly name: string; readonly issue: IssueNumber }
    | { readonly kind: 'comment'; readonly issue: IssueNumber; readonly node: string }
    | { readonly kind: 'pull comment'; readonly pull: PullNumber; readonly node: string }
    | { readonly kind: 'review comment'; readonly pull: PullNumber; readonly node: string; readonly head: HeadSha }
    /** The boxes in a comment of swarm's own. */
    | { readonly kind: 'boxes'; readonly issue: IssueNumber }
    | { readonly kind: 'dispatch' };
}

/** Boxes that somebody ticked in a comment of swarm's. */
export interface Ticks {
  readonly kind: 'ticks';
  /** The comment's act. */
  readonly key: string;
  /** From 0, in the order in which they stand. */
  readonly boxes: readonly number[];
}

export interface Said {
  /** Numeric comment id. */
  readonly id: number;
  readonly body: string;
  /** When it was written, or edited last. */
  readonly at?: Instant;
  /** Of a question: the boxes that are ticked now, whoever did it. */
  readonly ticked?: readonly number[];
}

export type Performed =
  | { readonly kind: 'done'; readonly result?: number }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'unsure'; readonly message: string };
