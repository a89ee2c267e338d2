/** The import: what texts say about issues becomes GitHub's own links (SPEC R1.4). */
import type { Instant, IssueNumber, IssueRef, Source } from '../epic.ts';
import type { Speaker } from '../people.ts';

/** What an import would do. */
export interface Importable {
  /** Issues of the epic's task list that become its sub-issues. */
  readonly children: readonly { readonly issue: IssueNumber; readonly line: number }[];
  /** "Blocked by" links. */
  readonly links: readonly ImportLink[];
  readonly left: readonly Left[];
}

export interface ImportLink {
  readonly from: IssueNumber;
  readonly on: IssueNumber;
  /** Undefined for a group: which of its lines says so is not known. */
  readonly source?: Source;
}

/** Something that stays as it is. */
export type Left =
  | {
      readonly kind: 'link';
      readonly from: IssueNumber;
      readonly on: IssueRef;
      readonly source?: Source;
      readonly why: 'another repository' | 'no issue' | 'pull request';
    }
  | {
      readonly kind: 'task';
      readonly issue: IssueNumber;
      readonly line: number;
      /** `others`: it could be a sub-issue, and others of the list cannot. */
      readonly why: 'no issue' | 'other parent' | 'too many' | 'others';
    };

/** An import that a person confirmed, until it is done. */
export interface Import extends Speaker {
  /** The request that confirmed it. */
  readonly request: string;
  readonly at: Instant;
  readonly children: readonly IssueNumber[];
  readonly links: readonly { readonly from: IssueNumber; readonly on: IssueNumber }[];
  /** GitHub's words, by the act's key. */
  readonly refused: Readonly<Record<string, string>>;
}
