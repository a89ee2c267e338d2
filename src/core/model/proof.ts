/**
 * Proof for the head of a pull request: the gates that ran on exactly this commit, and their results.
 */
import type { Config } from './config.ts';
import type { HeadSha } from './epic.ts';
import { headsOf } from './journal/merging.ts';
import type { Outcome, SegmentRecord } from './journal.ts';
import type { Problem } from './problem.ts';
import type { Report } from './report.ts';
import type { Pull } from './snapshot.ts';

export type Proof = Extract<Outcome, { readonly kind: 'published' }>;

/** The latest outcome for exactly this commit, from the attempt that made it or one that proved another person's push. */
export const proofOf = (record: SegmentRecord, head: HeadSha): Proof | undefined =>
  record.attempts
    .map((attempt) => attempt.outcome)
    .findLast((outcome) => outcome?.kind === 'published' && outcome.head === head) as Proof | undefined;

/**
 * Answers whether an attempt made this head, or the one that Swarm merged the base into to make it. Any other one was
 * pushed by somebody else, even if Swarm has proven it.
 */
export function isOwnHead(record: SegmentRecord, head: HeadSha): boolean {
  const heads = headsOf(record.updates, head);
  return record.attempts.some(
    ({ why, outcome }) => why !== 'prove' && outcome?.kind === 'published' && heads.includes(outcome.head),
  );
}

/** The red gates of the head, if Swarm has checked it. Only a head that someone else pushed can have some. */
export function redHead(pull: Pull, record: SegmentRecord): Problem | undefined {
  const red =
    proofOf(record, pull.head)?.report.validation.filter(
      ({ verdict }) => verdict === 'fail' || verdict === 'timed out',
    ) ?? [];
  if (red.length === 0) return undefined;
  const gates = red.map(({ gate, output }) => ({ gate, output }));
  return { kind: 'HEAD_RED', at: { pull: pull.number }, head: pull.head, gates };
}

/** Answers whether the head is unchecked and no attempt is in progress: after a person's push, or "Update branch". */
export const wantsProof = (pull: Pull, record: SegmentRecord): boolean =>
  pull.state === 'open' &&
  record.attempts.at(-1)?.outcome !== undefined &&
  record.attempts.some((attempt) => attempt.outcome?.kind === 'published') &&
  proofOf(record, pull.head) === undefined;

/**
 * How many people have to approve a change, even if `approvals` is 0: one has to judge any change to how gates run (SPEC
 * R11.5), any gate that fails as it did before (SPEC R5.15), and any work that was done without walls, since its agent could
 * have written the report itself.
 */
export function approvalsNeeded(
  config: Pick<Config, 'approvals' | 'isolation'>,
  report: (Pick<Report, 'attention' | 'isolation'> & Partial<Pick<Report, 'validation'>>) | undefined,
): number {
  const steersGates = (report?.attention.length ?? 0) > 0;
  const isOpen = config.isolation === 'none' || report?.isolation === 'none';
  const hasOldFailures = report?.validation?.some(({ verdict }) => verdict === 'failed before') ?? false;
  return Math.max(config.approvals, steersGates || isOpen || hasOldFailures ? 1 : 0);
}
