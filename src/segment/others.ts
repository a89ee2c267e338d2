/**
 * The other segments of an epic that a change meets: those that were merged meanwhile, because an agent that resolves a conflict
 * has to know their intent, and those with open pull requests that change the same lines (SPEC R6.4).
 *
 * File scopes keep segments apart, but an inferred scope is only a guess, and people push what they like.
 */
import type { OtherSide } from '#brief/brief';
import { type HeadSha, type IssueNumber, issueNumber } from '#core/model/epic';
import type { Attempt, Journal, SegmentRecord } from '#core/model/journal';
import { actKeys, publication } from '#core/model/journal-lenses';
import type { PullConflict } from '#core/model/report';
import { readSpec } from '#core/text/spec';
import { rebaseWork } from '#git/rebase-work';
import { GitFailed, type Remote, type Store } from '#git/store';
import { readAuthorisedTexts } from '#github/journal';
import type { Assignment, Site } from './assignment.ts';

/** A comparison takes a fetch and a merge, and a brief has little room for more. */
const MOST = 20;

interface Other {
  readonly number: IssueNumber;
  readonly record: SegmentRecord;
  /** Files that both change. */
  readonly files: readonly string[];
}

/** The other segments that have published a change of these files. */
function othersWith(journal: Journal, own: IssueNumber, files: readonly string[]): readonly Other[] {
  const names = new Set(files);
  return Object.entries(journal.segments).flatMap(([key, record]): readonly Other[] => {
    const number = issueNumber(Number(key));
    const shared = publication(record)?.report.files.filter((file) => names.has(file)) ?? [];
    return number === own || record.skipped || shared.length === 0 ? [] : [{ number, record, files: shared }];
  });
}

const isMerged = ({ landing }: SegmentRecord): boolean => landing?.verdict !== undefined;

/**
 * The segments that were merged since the earlier change was made, and that changed the same files.
 *
 * One that Swarm merged before the earlier attempt was claimed is part of the base that it started from. When a person merged
 * it, the journal does not say.
 *
 * @param before the segments that this one waited for, which were merged before it began
 */
export async function readOtherSides(
  { client, repository }: Site,
  { journal, journalOid, attempt, segment, record }: Assignment,
  files: readonly string[],
  before: ReadonlySet<IssueNumber>,
): Promise<readonly OtherSide[]> {
  if (files.length === 0) return [];
  const since = record.attempts.findLast(
    ({ number, outcome }) => number < attempt.number && outcome?.kind === 'published',
  );
  const others = othersWith(journal, segment.number, files)
    .filter((other) => isMerged(other.record) && !before.has(other.number))
    .filter((other) => (mergedAt(journal, other.record) ?? Number.POSITIVE_INFINITY) >= (since?.claimedAt ?? 0))
    .slice(0, MOST);
  const numbers = others.map(({ number }) => number);
  const texts = await readAuthorisedTexts(client, repository, journalOid, numbers);
  return others.map(({ number, files: shared }) => {
    const text = texts[number] ?? { title: '', body: '', labels: [] };
    const { criteria } = readSpec({ number, ...text }).spec;
    return { number, title: text.title, criteria, files: shared };
  });
}

function mergedAt({ acts }: Journal, record: SegmentRecord): number | undefined {
  const { pull, head } = publication(record) ?? {};
  if (pull === undefined || head === undefined) return undefined;
  return (acts[actKeys.merge(pull, head)] ?? acts[actKeys.enqueue(pull, head)])?.at;
}

/** A change that is about to be published. */
interface OwnChange {
  readonly store: Store;
  readonly tree: string;
  readonly files: readonly string[];
}

/** The open pull requests of the epic that cannot be merged together with a change. */
export async function findConflicts(
  { remote, log }: Pick<Site, 'remote' | 'log'>,
  { journal, attempt, segment }: Pick<Assignment, 'journal' | 'attempt' | 'segment'>,
  change: OwnChange,
): Promise<readonly PullConflict[]> {
  const others = othersWith(journal, segment.number, change.files).filter(({ record }) => !isMerged(record));
  const found: PullConflict[] = [];
  for (const { number, record } of others.slice(0, MOST)) {
    const made = record.attempts.findLast(({ outcome }) => outcome?.kind === 'published');
    if (made?.outcome?.kind !== 'published') continue;
    const { pull, head } = made.outcome;
    try {
      const files = await conflictingFiles(remote, attempt, change, { base: made.base, head });
      if (files.length > 0) found.push({ pull, head, files });
    } catch (error) {
      // Its head may be gone. GitHub itself finds the conflict once one of the two is merged.
      if (!(error instanceof GitFailed)) throw error;
      log(`The change was not compared with #${number}: ${error.message}`);
    }
  }
  return found;
}

async function conflictingFiles(
  remote: Remote,
  { base }: Attempt,
  { store, tree }: OwnChange,
  theirs: { readonly base: HeadSha; readonly head: HeadSha },
): Promise<readonly string[]> {
  await store.fetch(remote, [theirs.base, theirs.head]);
  // Both changes have to start from one commit. What conflicts with the base is not for this one to resolve.
  const moved = theirs.base === base ? theirs.head : (await rebaseWork(store, theirs.base, base, theirs.head)).tree;
  return (await rebaseWork(store, base, tree, moved)).conflicts.map(({ file }) => file);
}
