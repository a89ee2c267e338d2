/**
 * Landing proof: a merge counts once the base shows what was to come of it (SPEC R6.9).
 *
 * GitHub's word is not enough. On 2026-04-23 its merge queue merged onto wrong bases for hours and said "merged": later
 * merges undid earlier ones. So the tree of the merge is compared with the one of GitHub's own test merge, which a look
 * before the merge has read. If the base moved in between, the files are compared that both change.
 */

import type { Instant } from '#core/model/epic';
import type { Journal, SegmentRecord } from '#core/model/journal';
import type { Landing, LandingFault, LandingVerdict } from '#core/model/journal/merging';
import { recordOf, segmentOfPull, withRecord } from '#core/model/journal-lenses';
import type { Speaker } from '#core/model/people';
import type { Problem } from '#core/model/problem';
import type { Pull, Snapshot } from '#core/model/snapshot';

/** GitHub's reads can lag behind its writes. A base that does not show a merge after this long does not have it. */
const LANDED_MS = 5 * 60_000;

/** Keeps the verdict on each merge. Without it, the segment is not merged. */
export function rememberLandings(snapshot: Snapshot, journal: Journal): Journal {
  let next = journal;
  for (const pull of snapshot.pulls) {
    const segment = segmentOfPull(next, pull.number);
    if (segment === undefined || pull.state !== 'merged') continue;
    const record = recordOf(next, segment);
    if (!isLanding(pull, record)) continue;
    const landing = landingOf(pull, record) ?? { pull: pull.number };
    const verdict = judge(pull, landing, snapshot.now);
    if (verdict) next = withRecord(next, segment, { landing: { ...landing, verdict } });
  }
  return next;
}

/** What was to come of a merge, as it is decided. */
export function expectLanding(journal: Journal, pull: Pull, method: 'merge' | 'squash' | 'rebase'): Journal {
  const segment = segmentOfPull(journal, pull.number);
  if (segment === undefined || pull.testMerge?.head !== pull.head) return journal;
  const expected = { ...pull.testMerge, method };
  return withRecord(journal, segment, { landing: { pull: pull.number, expected } });
}

/** Answers whether a merged pull request has no verdict yet, and can get one. */
export function isLanding(pull: Pull, record: SegmentRecord): boolean {
  const landing = landingOf(pull, record);
  return !landing?.verdict && (pull.landed !== undefined || landing?.expected !== undefined);
}

/** The difference between the base and what was to come of the merge, unless a person said that the base is right. */
export function landingFault(pull: Pull, record: SegmentRecord): Problem | undefined {
  const { verdict, accepted } = landingOf(pull, record) ?? {};
  if (verdict?.kind !== 'differs' || accepted) return undefined;
  const { why, files } = verdict;
  const commit = pull.mergeCommit;
  return {
    kind: 'LANDING_DIFFERS',
    at: { pull: pull.number },
    base: pull.base,
    ...(commit ? { commit } : {}),
    why,
    files,
  };
}

/** A person retries a segment after its merge differed: the base is right as it is. */
export function withLandingAccepted<Facts extends Pick<SegmentRecord, 'landing'>>(
  facts: Facts,
  by: Speaker & { readonly at: Instant },
): Facts {
  const { landing } = facts;
  return landing?.verdict?.kind === 'differs' && !landing.accepted
    ? { ...facts, landing: { ...landing, accepted: by } }
    : facts;
}

const landingOf = (pull: Pull, { landing }: SegmentRecord): Landing | undefined =>
  landing?.pull === pull.number ? landing : undefined;

function judge(
  { landed, mergedAt = 0 as Instant, head }: Pull,
  { expected }: Landing,
  now: Instant,
): LandingVerdict | undefined {
  const differs = (why: LandingFault, files: readonly string[] = []): LandingVerdict => ({
    ...{ kind: 'differs', at: now, why, files },
  });
  if (!landed?.isOnBase) return now - mergedAt < LANDED_MS ? undefined : differs('not on the base');
  if (!landed.keepsBase) return differs('base lost');
  const wanted = expected?.head === head ? expected : undefined;
  if (landed.tree === wanted?.tree) return { kind: 'proven' };
  const { foreign } = landed;
  // The same two sides have one merge only.
  const isSameMerge = wanted !== undefined && landed.onto === wanted.base;
  if (foreign === 'too many to compare') return differs(isSameMerge ? 'other content' : 'too many files');
  return isSameMerge || foreign.length > 0 ? differs('other content', foreign) : { kind: 'proven' };
}
