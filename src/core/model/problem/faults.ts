/**
 * Reasons why swarm cannot accept something that a person wrote: a glob, a branch name, front matter, a value.
 *
 * Closed kinds, like everything in `core`; their words are in `words/faults.ts`. The limits that the words name are here too.
 */
import type { IssueNumber } from '../epic.ts';

/** The longest glob. */
export const MAX_GLOB_CHARS = 512;
/** How many alternatives one glob may expand to. */
export const MAX_ALTERNATIVES = 64;
/** How many patterns all globs of one scope may expand to. */
export const MAX_SCOPE_PATTERNS = 400;
/** Git stores a branch as a path; longer names fail on some file systems, and on GitHub. */
export const MAX_BRANCH_CHARS = 244;

export type GlobFault =
  | 'empty'
  | 'too long'
  | 'control character'
  /** It begins or ends with a space. */
  | 'outer space'
  | 'backslash'
  | 'absolute'
  | 'home folder'
  | 'drive'
  | 'extended glob'
  | 'negated twice'
  | 'empty part'
  | 'dot part'
  | 'no path'
  | 'backward range'
  | 'too many alternatives'
  | 'unmatched brace'
  | 'leading zero';

/** Faults of a list of globs, each of which is a glob. */
export type ScopeFault = 'only exclusions' | 'excludes everything' | 'too many patterns';

/** @see https://git-scm.com/docs/git-check-ref-format */
export type BranchFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too long' }
  | { readonly kind: 'unknown placeholder'; readonly placeholder: string }
  | { readonly kind: 'forbidden character' }
  | { readonly kind: 'double dot' }
  /** `@{` */
  | { readonly kind: 'reflog mark' }
  | { readonly kind: 'reserved' }
  | { readonly kind: 'leading dash' }
  | { readonly kind: 'leading refs' }
  | { readonly kind: 'trailing dot' }
  | { readonly kind: 'commit id' }
  | { readonly kind: 'empty part' }
  | { readonly kind: 'dotted part' }
  | { readonly kind: 'lock part' }
  | { readonly kind: 'is the base' }
  /** Git cannot keep `feat/cart` and `feat/cart/total` at once. */
  | { readonly kind: 'inside another'; readonly branch: string; readonly of: IssueNumber };

export type FrontMatterFault =
  | { readonly kind: 'not closed' }
  | { readonly kind: 'control character' }
  | { readonly kind: 'repeated key'; readonly key: string }
  | { readonly kind: 'not a pair'; readonly text: string }
  | { readonly kind: 'space missing' }
  | { readonly kind: 'indented without key' }
  | { readonly kind: 'indented below value'; readonly text: string }
  | { readonly kind: 'tab' }
  | { readonly kind: 'nested keys' }
  | { readonly kind: 'empty item' }
  | { readonly kind: 'list not closed' }
  | { readonly kind: 'text after list' }
  | { readonly kind: 'comma missing' }
  | { readonly kind: 'quoted text'; readonly quote: '"' | "'" }
  | { readonly kind: 'alias'; readonly text: string }
  | { readonly kind: 'anchor' }
  | { readonly kind: 'tag'; readonly text: string }
  | { readonly kind: 'block text' }
  | { readonly kind: 'list in list' }
  | { readonly kind: 'reserved character'; readonly text: string; readonly character: string }
  | { readonly kind: 'colon'; readonly text: string };

/** The values that a key of an issue's spec accepts. */
export type SpecExpected =
  | { readonly kind: 'one of'; readonly values: readonly string[] }
  | { readonly kind: 'issues' }
  | { readonly kind: 'issues of this repository' }
  | { readonly kind: 'segments of this epic' }
  | { readonly kind: 'paths' }
  | { readonly kind: 'gates' }
  | { readonly kind: 'name' }
  | { readonly kind: 'instruction name' }
  | { readonly kind: 'slug' }
  | { readonly kind: 'commit scope' }
  | { readonly kind: 'model' }
  | { readonly kind: 'priority' }
  | { readonly kind: 'time' }
  | { readonly kind: 'attempts' }
  | { readonly kind: 'amount' }
  | { readonly kind: 'branch' }
  /** None that Swarm puts on issues, or obeys. */
  | { readonly kind: 'label of people' }
  | { readonly kind: 'branch template' }
  | { readonly kind: 'agent of the config'; readonly agents: readonly string[] }
  /** Labels disagree. */
  | { readonly kind: 'one label'; readonly key: string }
  | { readonly kind: 'key said once'; readonly line: number | undefined; readonly written: string };

/** Why a line that looks like a dependency is none. */
export type DependencyUnread =
  /** It says that the segment waits, and names no issue. */
  | 'no issue'
  /** It names an issue in words that may mean something else. */
  | 'unclear'
  /** `Blocks #12`: it is the other issue that waits. */
  | 'other direction'
  | 'in a sentence'
  | 'in a table';

/** Why an item of an epic's list is not a task. */
export type TaskUnread =
  /** It mentions an issue, and may stand for something else. */
  | 'unclear'
  | 'dependency unclear'
  /** Its box is not one for GitHub: `- [] #12`. */
  | 'broken box'
  /** It has a box beside boxes that name issues. */
  | 'no issue'
  /** It names an issue without a box. */
  | 'no box';

/** Why acceptance criteria are none. */
export type CriteriaUnread =
  | { readonly kind: 'no items' }
  /** Items without a box beside items with one. */
  | { readonly kind: 'no box'; readonly count: number };

/** Things that have a limit. */
export type Countable = 'characters' | 'globs' | 'segments' | 'waves' | 'dispatches';

/** Lists of GitHub that are read only up to a limit. */
export type ListKind =
  | 'blocked issues'
  | 'blockers'
  | 'checks'
  | 'comments'
  | 'commits'
  | 'edits'
  | 'entries'
  | 'installations'
  | 'issues'
  | 'issues in the task list'
  | 'issues that texts name'
  | 'jobs'
  | 'label changes'
  | 'labels'
  | 'pull requests'
  | 'repositories'
  | 'review comments'
  | 'review requests'
  | 'reviews'
  | 'sub-issues'
  | 'workflow runs';

/** Reasons why a command cannot be obeyed at the moment it is given. */
export type NotNow =
  | { readonly kind: 'not started' }
  | { readonly kind: 'wrong phase'; readonly phase: 'planned' | 'running' | 'paused' | 'cancelled' | 'finished' }
  /** An amount that the epic may cost already. */
  | { readonly kind: 'budget not higher'; readonly budgetUsd: number }
  | { readonly kind: 'already accepted' }
  | { readonly kind: 'epic closed'; readonly epic: IssueNumber }
  | { readonly kind: 'not complete' }
  /** `execute` on an issue that is a segment. */
  | { readonly kind: 'segment of an epic'; readonly segment: IssueNumber; readonly epic: IssueNumber }
  /** A bot's commands may count; its opinion of a change never does (SPEC R11.6). */
  | { readonly kind: 'only people decide' }
  /** `reject` on an issue. */
  | { readonly kind: 'not on a pull request' }
  | { readonly kind: 'pull request not open for review' }
  | { readonly kind: 'waves start automatically' }
  /** `import` does not make links of a plan that is wrong. */
  | { readonly kind: 'plan has errors' }
  | { readonly kind: 'no such wave' }
  | { readonly kind: 'no such question'; readonly id: string }
  | { readonly kind: 'several such questions'; readonly id: string };
