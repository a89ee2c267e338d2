/**
 * The tree that an attempt is about: what its patch makes of the base; or, for one that only proves what somebody else
 * pushed, the tree of that very commit. Nothing is checked out.
 */
import type { Attempt } from '#core/model/journal';
import type { Problem } from '#core/model/problem';
import { applyPatch, type PackedPatch, unpackPatch } from '#git/patch';
import type { Remote, Store } from '#git/store';

export type Change =
  | { readonly kind: 'tree'; readonly tree: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Fetches what is needed into the store: the base, and the head that the attempt carries on or proves. */
export async function changeOf(store: Store, remote: Remote, attempt: Attempt, patch: PackedPatch): Promise<Change> {
  const isProof = attempt.why === 'prove' && attempt.from !== undefined;
  const unpacked = isProof ? undefined : unpackPatch(patch);
  if (unpacked && unpacked.kind !== 'patch') return unpacked;
  await store.fetch(remote, [attempt.base, ...(attempt.from ? [attempt.from] : [])]);
  if (unpacked) return applyPatch(store, attempt.base, unpacked.bytes);
  return { kind: 'tree', tree: await store.text(['rev-parse', '--verify', `${attempt.from}^{tree}`]) };
}
