/** The gates that a commit's files and the config define, and those that a change is held to. */
import type { Config } from '#core/model/config';
import { readBlobs } from '#git/patch';
import type { Store } from '#git/store';
import { WorkTree } from '#git/work-tree';
import { findGates, type Gates, isManifest, type Listing, MANIFEST_BYTES } from './find.ts';

/** The gates of the whole repository, as long as no change narrows them. */
export interface Definition extends Gates {
  /** The gates for a change: for everything that it touches, all dependents, and projects that it adds. */
  heldTo(tree: string, changed: readonly string[]): Promise<Gates>;
  /** Writes the files as they were before all changes into a new directory. Faults found there are not new. */
  checkOutBefore(directory: string): Promise<void>;
}

export interface Defined {
  /** The commit whose files define the gates. */
  readonly commit: string;
  /** The commit that findings are compared with, if it is another one. */
  readonly before?: string;
}

export async function readDefinition(
  store: Store,
  { commit, before = commit }: Defined,
  choices: Config['gates'],
): Promise<Definition> {
  const base = await readListing(store, commit);
  return {
    ...findGates(base, choices),
    async heldTo(tree, changed) {
      return findGates(base, choices, { changed, after: await readListing(store, tree) });
    },
    async checkOutBefore(directory) {
      await WorkTree.make(store, directory, before);
    },
  };
}

/** Names of all files of a commit or tree, and the texts of its manifests. Links count as files without a text. */
async function readListing(store: Store, treeish: string): Promise<Listing> {
  const listed = await store.run(['ls-tree', '-r', '-l', '-z', '--full-tree', treeish]);
  const blobs = new Map<string, string>();
  const files = new Set<string>();
  for (const line of listed.toString('utf8').split('\0')) {
    const [, mode = '', id = '', size = '', path = ''] = /^(\d+) \w+ (\w+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
    if (path === '') continue;
    files.add(path);
    if (mode.startsWith('100') && Number(size) <= MANIFEST_BYTES && isManifest(path)) blobs.set(path, id);
  }
  const texts = await readBlobs(store, [...new Set(blobs.values())]);
  return { files, text: (path) => texts.get(blobs.get(path) ?? '')?.toString('utf8') };
}
