/**
 * What Swarm has seen of a pull request's head: which gates ran on exactly this commit, and how they ended.
 */
import type { HeadSha } from './epic.ts';
import type { Outcome, SegmentRecord } from './journal.ts';
import type { Problem } from './problem.ts';
import type { Pull } from './snapshot.ts';

export type Proof = Extract<Outcome, { readonly kind: 'published' }>;

/** What swarm last saw of this very commit: as the attempt that made it, or as one that proved what others pushed. */
export const proofOf = (record: SegmentRecord, head: HeadSha): Proof | undefined =>
  record.attempts
    .map((attempt) => attempt.outcome)
    .findLast((outcome) => outcome?.kind === 'published' && outcome.head === head) as Proof | undefined;

/** The gates that are red on the head, if swarm looked at it and it is not sound: only a head that others pushed can be. */
export function redHead(pull: Pull, record: SegmentRecord): Problem | undefined {
  const red = (proofOf(record, pull.head)?.report.validation ?? []).filter(
    ({ verdict }) => verdict === 'fail' || verdict === 'timed out',
  );
  if (red.length === 0) return undefined;
  const gates = red.map(({ gate, output }) => ({ gate, output }));
  return { kind: 'HEAD_RED', at: { pull: pull.number }, head: pull.head, gates };
}

/** Whether nobody has looked at the head yet, and nobody is at it: a person's push, or GitHub's "Update branch". */
export const wantsProof = (pull: Pull, record: SegmentRecord): boolean =>
  pull.state === 'open' &&
  record.attempts.at(-1)?.outcome !== undefined &&
  record.attempts.some((attempt) => attempt.outcome?.kind === 'published') &&
  proofOf(record, pull.head) === undefined;
