/**
 * The block: a whole plan in the text of one issue, in a fence with the info string `swarm` (SPEC R1.2). Its segments get issues
 * of their own once a person starts the epic.
 */

/** One segment of a block, before it has an issue. */
export interface BlockSegment {
  /** Other segments of the block refer to it by this. */
  readonly name: string;
  readonly title: string;
  /** The text of its issue, without the segments that it conflicts with: they have no numbers yet. */
  readonly body: string;
  readonly labels: readonly string[];
  /** Names of segments. */
  readonly blockedBy: readonly string[];
  /** Names of segments. */
  readonly conflictsWith: readonly string[];
  /** Its line in the epic's text, from 1. */
  readonly line: number;
  /** The lines of its keys in the epic's text. */
  readonly lines: Readonly<Record<string, number>>;
}

/** A block as it reads now. */
export interface Block {
  /** The line of its fence in the epic's text. */
  readonly line: number;
  /** SHA-256 of its text. */
  readonly digest: string;
  /** In the order of the text; none if there is a fault. */
  readonly segments: readonly BlockSegment[];
  /** Everything that is wrong with it, one sentence each. */
  readonly faults: readonly BlockFault[];
  /** Keys of a plan file that mean nothing in an issue. */
  readonly unused: readonly { readonly key: string; readonly line: number }[];
}

export interface BlockFault {
  /** In the epic's text, from 1. */
  readonly line: number;
  /** Without a full stop. */
  readonly says: string;
}

/** A block that a person authorised. */
export interface AuthorisedBlock {
  readonly digest: string;
  /** Until all of their issues and links are there. */
  readonly segments?: readonly BlockSegment[];
  /** A person continues without issues that were taken out of the epic before all were there. */
  readonly partly?: true;
}
