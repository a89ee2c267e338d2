/**
 * The nouns. Everything else in `core` is about these.
 *
 * An issue's *number* is what people type, its *id* is what GraphQL takes; a head is a commit. They are
 * branded because mixing them up compiles in every other way and fails only on GitHub.
 */

declare const brand: unique symbol;
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };

export type IssueNumber = Brand<number, 'IssueNumber'>;
export type PullNumber = Brand<number, 'PullNumber'>;
/** GraphQL node id. */
export type IssueId = Brand<string, 'IssueId'>;
/** A full commit id, 40 (or 64) hex digits. */
export type HeadSha = Brand<string, 'HeadSha'>;
/** Milliseconds since 1970 by GitHub's clock (the `Date` header of what was observed), never this machine's. */
export type Instant = Brand<number, 'Instant'>;

/** GitHub's numbers are signed 32-bit integers; a question with a larger one is refused as a whole. */
export const LARGEST_NUMBER = 2 ** 31 - 1;

/** The number that somebody else wrote, if it can be one. */
export const numberIn = (value: unknown): IssueNumber | undefined => {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 && number <= LARGEST_NUMBER ? (number as IssueNumber) : undefined;
};

export const issueNumber = (value: number): IssueNumber => value as IssueNumber;
export const pullNumber = (value: number): PullNumber => value as PullNumber;
export const issueId = (value: string): IssueId => value as IssueId;
export const headSha = (value: string): HeadSha => value as HeadSha;
export const instant = (value: number): Instant => value as Instant;

/** `main` of `octo/shop`. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

export const COMMIT_TYPES = ['feat', 'fix', 'refactor', 'docs', 'test', 'chore', 'perf', 'build', 'ci'] as const;
export type CommitType = (typeof COMMIT_TYPES)[number];

export const WORKERS = ['implementation', 'tests', 'research', 'security', 'refactor'] as const;
export type Worker = (typeof WORKERS)[number];

export const EFFORTS = ['low', 'medium', 'high', 'max'] as const;
export type Effort = (typeof EFFORTS)[number];

/** 0 critical, 1 high, 2 medium, 3 low. */
export type Priority = 0 | 1 | 2 | 3;

export const GATES = ['lint', 'types', 'tests', 'build', 'security', 'scope'] as const;
export type BuiltInGate = (typeof GATES)[number];

/** `#14`, or `octo/shop#14` when it is of another repository. */
export interface IssueRef {
  readonly number: IssueNumber;
  readonly repository?: RepositoryName;
}

/** One task-list item under "Acceptance criteria". */
export interface Criterion {
  /** The author's id (`AC-3`, `REQ-12`), or `C<position>` where none was given. */
  readonly id: string;
  readonly text: string;
  /** 1-based line in the issue's body. */
  readonly line: number;
  readonly state: 'met' | 'open';
}

/** What a segment's issue asks for, read from its text and labels (SPEC R1.5). */
export interface SegmentSpec {
  readonly type: CommitType;
  readonly slug: string;
  readonly commitScope?: string;
  readonly worker: Worker;
  readonly persona?: string;
  readonly model?: string;
  readonly effort?: Effort;
  readonly agent?: string;
  /** Whether a tester goes first; undefined: as the config says. */
  readonly tdd?: boolean;
  /** Whether the council looks at it; undefined: as the config says. */
  readonly review?: boolean;
  readonly skills: readonly string[];
  /** Globs this segment may change. Empty means unknown: it overlaps everything. */
  readonly files: readonly string[];
  readonly filesFrom: 'stated' | 'inferred' | 'none';
  readonly priority: Priority;
  readonly estimateMinutes?: number;
  /** Paths of documents the agent should read. */
  readonly context: readonly string[];
  readonly conflictsWith: readonly IssueRef[];
  /** Dependencies said in the text; native links come from GitHub. */
  readonly dependsOn: readonly IssueRef[];
  /** `false`: nothing of the epic runs beside it. */
  readonly parallel: boolean;
  readonly attempts?: number;
  readonly budgetUsd?: number;
  readonly branch?: string;
  readonly base?: string;
  readonly criteria: readonly Criterion[];
}

/** A segment as it is planned: an issue with its spec and everything it waits for inside the epic. */
export interface Segment {
  readonly number: IssueNumber;
  readonly title: string;
  readonly spec: SegmentSpec;
  /** Numbers of segments of this epic; groups are already resolved to their leaves. Sorted. */
  readonly blockedBy: readonly IssueNumber[];
  readonly branch: string;
  /** Set on segments that swarm made to mend what a calibration or acceptance found. */
  readonly fix?: { readonly wave: number; readonly round: number };
}
