/**
 * The nouns that the rest of `core` is about.
 *
 * People type an issue's *number*, GraphQL takes its *id*, and a head is a commit. They are branded, because without brands a
 * mix-up compiles and fails only on GitHub.
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

/** GitHub's numbers are signed 32-bit integers. It refuses a whole query that contains a larger one. */
export const LARGEST_NUMBER = 2 ** 31 - 1;

/** A number from outside, if it can be an issue's. */
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

/** The keys that an issue's text can state (SPEC R1.5). */
export const SPEC_KEYS = [
  'type',
  'slug',
  'scope',
  'worker',
  'persona',
  'model',
  'effort',
  'agent',
  'skills',
  'files',
  'priority',
  'estimate',
  'context',
  'gates',
  'tdd',
  'review',
  'attempts',
  'budget',
  'conflicts-with',
  'depends-on',
  'parallel',
  'branch',
  'base',
] as const;
export type SpecKey = (typeof SPEC_KEYS)[number];

/** `#14`, or `octo/shop#14` in another repository. */
export interface IssueRef {
  readonly number: IssueNumber;
  readonly repository?: RepositoryName;
}

/** The place that Swarm took something from. Lines are those of the issue's text, from 1. */
export type Source =
  | { readonly kind: 'front matter'; readonly line: number }
  /** The answer below a heading of an issue form. */
  | { readonly kind: 'form answer'; readonly line: number }
  /** A list below a heading. */
  | { readonly kind: 'section'; readonly line: number }
  /** Words anywhere in the text. */
  | { readonly kind: 'text'; readonly line: number }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'title' }
  /** GitHub's own "blocked by" link. */
  | { readonly kind: 'link' }
  /** GitHub's own sub-issue link: the segment is one of this issue's. */
  | { readonly kind: 'sub-issue'; readonly of: IssueNumber }
  /** A segment of the block in the text of this issue. */
  | { readonly kind: 'block'; readonly of: IssueNumber; readonly line: number }
  /** An item of the task list of this issue. */
  | { readonly kind: 'task list'; readonly of: IssueNumber; readonly line: number }
  /** This group of segments waits, and so does each of them. */
  | { readonly kind: 'group'; readonly group: IssueNumber };

/** Something that Swarm took from an issue's text, labels or title. */
export interface Reading {
  readonly what: SpecKey | 'criteria';
  /** As Swarm understood it. Lists are joined, and criteria are counted. */
  readonly value: string;
  /** The author's words, if they are others. */
  readonly said?: string;
  readonly source: Source;
}

/** Something that has the name of a key and was not taken. What is wrong with a text is a problem, and is not here. */
export interface PassedOver {
  readonly what: SpecKey | 'criteria';
  readonly source: Source;
  readonly why: PassedOverWhy;
}

export type PassedOverWhy =
  /** The text below a heading is not a value: "Context" often heads prose. */
  | 'prose'
  /** It stands in the text, as `Priority: high`, where keys are not read. */
  | 'in the text'
  /** It stands below a heading of another level than those of issue forms. */
  | 'other heading'
  /** It stands in the code block that a text begins with. */
  | 'in code'
  /** A line among dependencies that names no issue. */
  | 'no issue'
  /** Boxes that stand under no heading for criteria. */
  | 'boxes'
  /** "Not sure", "None". */
  | 'left open'
  /** The text says something else than this label or answer, and the text counts. */
  | 'overruled'
  /** This version of Swarm does nothing with the key. */
  | 'no effect'
  /** Only segments can say this, and this is an epic. */
  | 'epic';

/** What Swarm understood of the text of one issue. */
export interface TextReading {
  readonly taken: readonly Reading[];
  readonly passedOver: readonly PassedOver[];
}

/** One task-list item under "Acceptance criteria". */
export interface Criterion {
  /** The author's id (`AC-3`, `REQ-12`), or `C<position>` if there is none. */
  readonly id: string;
  readonly text: string;
  /** The line in the issue's body, from 1. */
  readonly line: number;
  readonly state: 'met' | 'open';
}

/** The settings of a segment, read from the text and the labels of its issue (SPEC R1.5). */
export interface SegmentSpec {
  readonly type: CommitType;
  readonly slug: string;
  readonly commitScope?: string;
  readonly worker: Worker;
  readonly persona?: string;
  readonly model?: string;
  readonly effort?: Effort;
  readonly agent?: string;
  /** True if a tester goes first; undefined: as the config says. */
  readonly tdd?: boolean;
  /** True if the council reviews it; undefined: as the config says. */
  readonly review?: boolean;
  readonly skills: readonly string[];
  /** Globs that this segment may change. Empty means unknown: it overlaps everything. */
  readonly files: readonly string[];
  readonly filesFrom: 'stated' | 'inferred' | 'none';
  readonly priority: Priority;
  readonly estimateMinutes?: number;
  /** Paths of documents that the agent should read. */
  readonly context: readonly string[];
  readonly conflictsWith: readonly IssueRef[];
  /** Dependencies from the text. Native links come from GitHub. */
  readonly dependsOn: readonly IssueRef[];
  /** `false`: nothing in the epic runs beside it. */
  readonly parallel: boolean;
  readonly attempts?: number;
  readonly budgetUsd?: number;
  readonly branch?: string;
  readonly base?: string;
  readonly criteria: readonly Criterion[];
}

/** The files that a change may touch; empty if any. A guess plans overlaps and never refuses finished work (SPEC R1.7). */
export const enforcedScope = ({ files, filesFrom }: SegmentSpec): readonly string[] =>
  filesFrom === 'stated' ? files : [];

/** A segment as it is planned: an issue with its spec and its blockers inside the epic. */
export interface Segment {
  readonly number: IssueNumber;
  readonly title: string;
  readonly spec: SegmentSpec;
  /** Segments of this epic, sorted. Groups are resolved to their leaves. */
  readonly blockedBy: readonly IssueNumber[];
  readonly branch: string;
  /** Set on segments that Swarm created to fix something that a calibration or the acceptance found. */
  readonly fix?: { readonly wave: number; readonly round: number };
}
