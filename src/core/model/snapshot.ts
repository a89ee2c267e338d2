/**
 * Everything that `decide` may know, gathered by one observation: facts as GitHub showed them. It contains nothing derived, and
 * no event's payload. `now` is GitHub's clock.
 */
import type { Asked } from './command.ts';
import type { MergeMethod } from './config.ts';
import type { HeadSha, Instant, IssueId, IssueNumber, IssueRef, PullNumber, RepositoryName } from './epic.ts';
import type { AgentFiles, KnownInstructions } from './instructions.ts';
import type { ProvenBase } from './journal/baseline.ts';
import type { Block } from './journal/block.ts';
import type { TestMerge } from './journal/merging.ts';
import type { AuthorisedTexts, Journal, SegmentHistory } from './journal.ts';
import type { MissingReview, Person } from './people.ts';
import type { Diagnostic } from './problem.ts';
import type { BaselineReport, CalibrationReport, Report } from './report.ts';

export interface Snapshot {
  readonly now: Instant;
  /** The name of the orchestrator that observes; see `Act.by`. */
  readonly orchestrator: string;
  readonly repository: RepositoryName & {
    readonly id: string;
    readonly url: string;
    readonly defaultBranch: string;
    /** It has no commits. */
    readonly isEmpty?: true;
  };
  readonly base: Base;
  readonly epic: Issue;
  /** The block in the epic's text. */
  readonly block?: Block;
  /** Every issue below the epic, groups and leaves, in GitHub's order. */
  readonly issues: readonly Issue[];
  /** Authorised segments that are not below the epic and can never be again, by the numbers that they had. */
  readonly gone?: Readonly<Record<number, Gone>>;
  /** By segment: the other epic that has it. Undefined: nobody was asked, because none is known to have one. */
  readonly owners?: Readonly<Record<number, IssueNumber>>;
  /** Blockers, and issues named in texts, that are not below the epic. */
  readonly others: readonly OtherIssue[];
  /** The latest pull request of each branch that the journal names. */
  readonly pulls: readonly Pull[];
  /** Workflow runs of the journal's unfinished dispatches. */
  readonly runs: readonly Run[];
  readonly reports: readonly Report[];
  /** Attempts with a report that their run did not write, with the author of its commit. */
  readonly forged?: readonly { readonly attempt: string; readonly author: string }[];
  readonly calibrationReports: readonly CalibrationReport[];
  /** Reports of checks of the base that have no verdict yet. */
  readonly baselineReports?: readonly BaselineReport[];
  /** The proof of the base that another epic left. Read before the first agent starts. */
  readonly provenBase?: ProvenBase;
  /** Requests that are not in the journal's `taken` and have no 🚀 or 😕 of ours; oldest first. */
  readonly requests: readonly Request[];
  /** Comments with a request that we have taken (👀) but not finished (🚀). */
  readonly acknowledged: readonly { readonly id: string; readonly node: string }[];
  /** Our own comments on the epic, its segments and their pull requests, by the key in their marker. */
  readonly said: Readonly<Record<string, Said>>;
  /** Our own issues, by the key in their marker. */
  readonly made: Readonly<Record<string, IssueNumber>>;
  /** Existing branches that the journal names, with their heads. */
  readonly branches: Readonly<Record<string, HeadSha>>;
  readonly journal: Journal | undefined;
  /** Texts as they were authorised, of segments that ran and read differently now. */
  readonly authorised?: AuthorisedTexts;
  /** People and bots who said something that will be done, with the permission that GitHub reports for them now. */
  readonly speakers: readonly Person[];
  /** Results of the acts that this process has just performed, by their key. */
  readonly performed: Readonly<Record<string, Performed>>;
  /** Personas and skills on the base; undefined if no segment names one. */
  readonly instructions?: KnownInstructions;
  /** Histories of earlier epics, for the forecast. Read until this epic starts. */
  readonly earlier?: readonly SegmentHistory[];
  /** How pull requests can be merged into the base, those that Swarm prefers first. */
  readonly mergeMethods: readonly MergeMethod[];
  /** GitHub's ids of the repository's labels, by name in lower case. Those that it does not have yet are missing. */
  readonly labelIds?: Readonly<Record<string, string>>;
  /** The file of the workflow that is Swarm's clock. Undefined: it is missing, or Swarm has a clock of its own. */
  readonly clockWorkflow?: string;
  /** Problems found before deciding: a broken config, a missing workflow, `SWARM_DISABLED`. */
  readonly preflight: readonly Diagnostic[];
  readonly configDigest: string;
  /** Undefined if nothing can have changed since the authorisation, and nothing is to be authorised. */
  readonly agentFiles?: AgentFilesSeen;
}

/** The files that steer agents: on the base now, on the base as it was authorised, and on merged heads that changed some. */
export interface AgentFilesSeen {
  readonly now: { readonly digest: string; readonly files: AgentFiles };
  /** Undefined if it is the same, or if nothing is authorised. */
  readonly authorised?: AgentFiles;
  /** By pull request. */
  readonly merged: Readonly<Record<number, AgentFiles>>;
}

export interface Base {
  readonly branch: string;
  readonly head: HeadSha;
  /** A digest of its tree and of how gates run on it. Undefined if GitHub does not show the tree. */
  readonly proof?: string;
  /** The state of the checks on the base's head, as the repository's own CI reported them. */
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
  /** The last time that it was closed or reopened. Undefined: never, or it does not matter. */
  readonly turned?: { readonly to: 'open' | 'closed'; readonly by: Person; readonly at: Instant };
  readonly author: Person;
  /** The last editor of the body, if it is not the author. */
  readonly editor?: Person;
  /** When the body was last edited. */
  readonly editedAt?: Instant;
  readonly labels: readonly string[];
  readonly parent?: IssueNumber;
  readonly children: readonly IssueNumber[];
  /** Native "blocked by" links. */
  readonly blockedBy: readonly (IssueRef & { readonly state: Issue['state'] })[];
  /** How many native links lead to issues that Swarm cannot see; undefined if none does. */
  readonly hiddenBlockers?: number;
  /** SHA-256 of everything that an agent would see of it: title, body, option labels. */
  readonly digest: string;
  /** Changes of its title, option labels and links, with their authors. Only read while a consent is being recorded. */
  readonly hands?: Hands;
  /** The key in its marker, if Swarm is its author. */
  readonly madeFor?: string;
  readonly kind: 'issue' | 'pull request';
}

export interface Hands {
  /** True if GitHub has more changes than it showed: then nobody knows who made them. */
  readonly cut: boolean;
  readonly changes: readonly {
    readonly by: Person;
    readonly at: Instant;
    /** The issue that was taken out of the epic, if it is a change of the epic. */
    readonly removed?: IssueNumber;
  }[];
}

/** What became of an issue. `out of sight`: it was moved to where Swarm may not look, or deleted. */
export interface Gone {
  readonly how: 'deleted' | 'moved' | 'out of sight' | 'discussion';
  /** The issue that it is now, if it was moved: `octo/docs#3`. */
  readonly to?: string;
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
  /** The commit of the base that the head branches off from. Only read if the head must be proven. */
  readonly startedFrom?: HeadSha;
  /** The head has no common history with the base. Only read if the head must be proven. */
  readonly unrelated?: true;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  /** The login of the person or bot that turned it into a draft. Undefined for one that was opened as a draft. */
  readonly draftBy?: string;
  /** The last time that it was reopened. */
  readonly reopened?: { readonly by: Person; readonly at: Instant };
  /** The pusher of a head that Swarm did not make. Undefined if that is not known. Only read if somebody approved it. */
  readonly pushedBy?: { readonly id: number; readonly login: string };
  /** When it was marked as ready for review. */
  readonly readyAt?: Instant;
  /** Its base is merged into through a merge queue only. */
  readonly queue?: Queue;
  /** The rules of its base ask for reviews. */
  readonly asksReview?: boolean;
  /** A review that the rules of its base still ask for. */
  readonly reviewMissing?: MissingReview;
  /** Checks that its base requires and nobody reported on the head. Only read if rules keep it from merging. */
  readonly missingChecks?: readonly string[];
  readonly mergeable: 'clean' | 'conflicting' | 'unknown';
  /** GitHub's `mergeStateStatus`, lower case: clean, blocked, behind, unstable, dirty, unknown … */
  readonly mergeState: string;
  readonly author: { readonly id: number; readonly login: string };
  readonly reviews: readonly Review[];
  /** Check runs and statuses on `head`: the latest of each, without the jobs of Swarm's own workflow. */
  readonly checks: readonly Check[];
  /** Workflows with a run on `head` that waits until somebody with write access lets it start. */
  readonly heldWorkflows?: readonly string[];
  /** The commit that `head` is. */
  readonly tip?: { readonly tree: string; readonly parents: readonly HeadSha[] };
  /** The merge of `head` into the base that GitHub made to see if they conflict. It may lag behind the base. */
  readonly testMerge?: TestMerge;
  readonly mergeCommit?: HeadSha;
  /** Its merge as the base shows it. Only read until it is judged. */
  readonly landed?: Landed;
  readonly mergedAt?: Instant;
}

/** The merge queue of a base, as one pull request sees it. */
export interface Queue {
  /** Its place, from 1. Undefined: it is not in the queue. */
  readonly position?: number;
  /** The last time that it was taken out without being merged, and why, in GitHub's words. */
  readonly removed?: { readonly at: Instant; readonly reason: string };
}

/** A merge commit, and how the base has it. */
export interface Landed {
  readonly tree: string;
  /** The commit of the base that it was merged onto. */
  readonly onto: HeadSha;
  readonly isOnBase: boolean;
  /** The merge commit holds the commit that the base was at when the merge was decided. */
  readonly keepsBase: boolean;
  /** Files that it changes and the pull request does not; none if it has the tree that was expected. */
  readonly foreign: readonly string[] | 'too many to compare';
}

export interface Review {
  readonly id: string;
  readonly by: Person;
  readonly state: 'approved' | 'changes requested' | 'commented' | 'dismissed';
  /** The commit that was reviewed. */
  readonly head: HeadSha;
  readonly at: Instant;
  readonly body: string;
  readonly comments: readonly { readonly path: string; readonly line?: number; readonly body: string }[];
}

export interface Check {
  readonly name: string;
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'pending';
  /** The start of one that is pending. Undefined if GitHub does not say. */
  readonly since?: Instant;
}

export interface Run {
  readonly id: number;
  readonly dispatch: string;
  readonly url: string;
  readonly state: 'queued' | 'running' | 'completed';
  readonly conclusion?: string;
  /** When it was completed; absent if GitHub no longer knows the run. */
  readonly endedAt?: Instant;
  readonly jobs: readonly Job[];
}

export interface Job {
  readonly name: string;
  readonly state: 'queued' | 'running' | 'completed';
  readonly conclusion?: string;
  readonly endedAt?: Instant;
  /** The current step. */
  readonly step?: string;
  /** When the step began; for a job without steps, when the job began. */
  readonly since?: Instant;
  /** The page of the job, with its live log. */
  readonly url?: string;
}

/** Something that a person asked for, with the permission that GitHub reports for the person now. */
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
    /** The boxes in one of Swarm's own comments. */
    | { readonly kind: 'boxes'; readonly issue: IssueNumber }
    | { readonly kind: 'dispatch' };
}

/** Boxes that someone ticked in one of Swarm's comments. */
export interface Ticks {
  readonly kind: 'ticks';
  /** The key of the comment. */
  readonly key: string;
  /** Indexes of the boxes in the comment, from 0. */
  readonly boxes: readonly number[];
}

export interface Said {
  /** Numeric comment id. */
  readonly id: number;
  /** GraphQL id of the comment. */
  readonly node?: string;
  readonly body: string;
  /** When it was last written or edited. */
  readonly at?: Instant;
  /** For a question: the boxes that are ticked now, by anyone. */
  readonly ticked?: readonly number[];
}

export type Performed =
  | { readonly kind: 'done'; readonly result?: number }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'unsure'; readonly message: string };
