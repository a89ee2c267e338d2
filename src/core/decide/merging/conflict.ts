/**
 * A pull request that conflicts goes to its segment's agent, then to the tech lead, and then to a person (SPEC R6.4).
 *
 * Two open pull requests of an epic can conflict with each other long before one of them merges. The publish job of the later
 * one sees that. Nothing has to be done about it yet, since only the one that is merged second has to change, but people
 * should know before they review both.
 */
import { type Attempt, isDeferred, type SegmentRecord } from '#core/model/journal';
import type { Problem } from '#core/model/problem';
import type { Progress } from '#core/model/progress';
import { proofOf } from '#core/model/proof';
import type { Pull, Snapshot } from '#core/model/snapshot';

/** How often a conflict is resolved without a person, the tech lead's turn included. */
const ROUNDS = 3;

/** Answers whether an attempt at a conflict came to nothing. It leaves the pull request as it was. */
export const isSpent = ({ why, outcome }: Attempt): boolean =>
  why === 'conflict' && (outcome?.kind === 'no-change' || (outcome?.kind === 'failed' && !isDeferred(outcome)));

/** The progress of a segment with a pull request that conflicts with its base. */
export function conflictProgress({ number, base }: Pull, { attempts, forgiven }: SegmentRecord): Progress {
  const tries = attempts
    .slice(forgiven)
    .filter((each) => each.why === 'conflict' && (each.outcome?.kind === 'published' || isSpent(each)));
  const last = tries.at(-1);
  const failed = last && isSpent(last) ? last : undefined;
  if (tries.length >= ROUNDS || failed?.lead) {
    const { outcome } = failed ?? {};
    const ended = outcome?.kind === 'failed' ? outcome.problem.kind : failed && 'NO_CHANGE';
    return {
      kind: 'blocked',
      problem: { kind: 'MERGE_CONFLICT', at: { pull: number }, base, ...(ended ? { ended } : {}) },
    };
  }
  const lead = failed !== undefined || tries.length === ROUNDS - 1;
  return { kind: 'to rework', pull: number, why: { kind: 'conflict', ...(lead ? { lead } : {}) } };
}

/** Open pull requests that change the same lines, as their latest reports say. */
export function conflictsBetween(
  { pulls }: Pick<Snapshot, 'pulls'>,
  published: readonly { readonly pull: Pull; readonly record: SegmentRecord }[],
): readonly Problem[] {
  const open = new Map(pulls.filter(({ state }) => state === 'open').map((pull) => [pull.number, pull]));
  return published.flatMap(({ pull, record }) => {
    if (!open.has(pull.number)) return [];
    const conflicts = proofOf(record, pull.head)?.report.conflicts ?? [];
    return conflicts.flatMap(({ pull: other, head, files }): readonly Problem[] =>
      open.get(other)?.head === head ? [{ kind: 'PULLS_CONFLICT', at: { pull: pull.number }, other, files }] : [],
    );
  });
}
