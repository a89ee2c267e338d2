/**
 * Claims: a segment belongs to one running epic (SPEC R3.8). An epic claims it in the step that journals its first attempt.
 */
import type { Instant, IssueNumber } from '../epic.ts';
import type { Journal } from '../journal.ts';
import { recordOf } from '../journal-lenses.ts';

/** Segments that an epic needs for itself. */
export interface Claims {
  /** For their first attempt: mostly, nobody has claimed them. */
  readonly first: readonly IssueNumber[];
  /** For another attempt: their claims should still be there. */
  readonly again: readonly IssueNumber[];
}

/** The segments whose attempts a step starts. */
export function claimsIn(before: Journal, after: Journal): Claims {
  const counts = Object.entries(after.segments).map(([key, { attempts }]) => {
    const segment = Number(key) as IssueNumber;
    const known = recordOf(before, segment).attempts.length;
    return { segment, known, isStarting: attempts.length > known };
  });
  const of = (isFirst: boolean) =>
    counts.filter(({ known, isStarting }) => isStarting && (known === 0) === isFirst).map(({ segment }) => segment);
  return { first: of(true), again: of(false) };
}

/** Longer than any run takes. What the journal of a closed epic says of its runs is never brought up to date. */
const LONGEST_RUN_MS = 24 * 60 * 60_000;

/**
 * Answers whether an epic still holds a segment that it once claimed. One that is finished, cancelled or closed does not, once
 * no agent of its own can be at work on the segment any more; nor does one without the segment.
 */
export function holds(journal: Journal, segment: IssueNumber, issue: 'open' | 'closed', now: Instant): boolean {
  const record = recordOf(journal, segment);
  const last = record.attempts.at(-1);
  if (last && !last.outcome && now - last.claimedAt < LONGEST_RUN_MS) return true;
  // An epic of one segment is closed right after its end, and is done only then.
  if (segment === journal.epic && journal.phase === 'finished') return issue === 'open';
  const isWanted = journal.authorisation?.segments[segment] !== undefined && record.skipped === undefined;
  return issue === 'open' && isWanted && (journal.phase === 'running' || journal.phase === 'paused');
}
