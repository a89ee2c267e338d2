/**
 * Facts of merging that GitHub does not show: heads that Swarm updated from their base, and the outcome that a merge was
 * to have, with what its base showed of it afterwards.
 */
import type { HeadSha, Instant, PullNumber } from '../epic.ts';
import type { Speaker } from '../people.ts';

/**
 * A merge of the base into the head of a pull request. Swarm asks GitHub for it where the rules of the base want heads to
 * be up to date.
 */
export interface Update {
  readonly pull: PullNumber;
  readonly from: HeadSha;
  /** GitHub's test merge of that head into the base, just before. Undefined: GitHub had none. */
  readonly expected?: TestMerge;
  readonly at: Instant;
  /** The commit that came of it. Undefined: there is none yet, or it is not exactly the merge that was expected. */
  readonly head?: HeadSha;
  /** It does not count against the limit any more, because a person said `retry`. */
  readonly forgiven?: true;
}

export interface TestMerge {
  readonly base: HeadSha;
  readonly head: HeadSha;
  readonly tree: string;
}

/** Of a segment's pull request that Swarm merges, or that is merged. */
export interface Landing {
  readonly pull: PullNumber;
  /** Undefined: a person merged it, or GitHub had no test merge. */
  readonly expected?: TestMerge & { readonly method: 'merge' | 'squash' | 'rebase' };
  readonly verdict?: LandingVerdict;
  /** A person said that the base is right, with `retry`. */
  readonly accepted?: Speaker & { readonly at: Instant };
}

export type LandingVerdict =
  | { readonly kind: 'proven' }
  | {
      readonly kind: 'differs';
      readonly at: Instant;
      readonly why: LandingFault;
      /** Files that the merge changes and the pull request does not. */
      readonly files: readonly string[];
    };

export type LandingFault =
  /** Its tree is not the one that the test merge had. */
  | 'other content'
  /** Commits that were on the base before are not any more. */
  | 'base lost'
  /** The base does not hold the merge commit. */
  | 'not on the base'
  /** It changes more files than GitHub lists, so they cannot be compared. */
  | 'too many files';

/**
 * A head, and the heads that Swarm merged the base into to make it, latest first. Nothing but the base was added between
 * them, so a verdict on one of them is a verdict on all.
 */
export function headsOf(updates: readonly Update[] | undefined, head: HeadSha): readonly HeadSha[] {
  const index = updates?.findLastIndex((each) => each.head === head) ?? -1;
  const update = updates?.[index];
  return update ? [head, ...headsOf(updates.slice(0, index), update.from)] : [head];
}
