/** The gates that a commit's files and the config define, and those that a change is held to. */
import type { Config } from '#core/model/config';
import type { Place } from '#core/model/config/network';
import { readBlobs } from '#git/patch';
import type { Store } from '#git/store';
import { WorkTree } from '#git/work-tree';
import { namesRegistries, registriesIn } from '#sandbox/registries';
import { findGates, type Gates, isManifest, type Listing, MANIFEST_BYTES } from './find.ts';
import type { ChangedFile, ChangedFiles } from './mutants.ts';
import { nameOf } from './workspace.ts';

/** The gates of the whole repository, as long as no change narrows them. */
export interface Definition extends Gates {
  /** The gates for a change: for everything that it touches, all dependents, and projects that it adds. */
  heldTo(tree: string, changed: readonly string[]): Promise<Gates>;
  /** The package registries that the settings of the repository name. */
  readonly registries: readonly Place[];
  /** Writes the files as they were before all changes into a new directory. Faults found there are not new. */
  checkOutBefore(directory: string): Promise<void>;
  /** The lines of a tree that the commit does not have, in the files that are wanted. */
  changedLines(tree: string, isWanted: (path: string) => boolean): Promise<ChangedFiles>;
  /**
   * Checks out a part of a tree as a repository of its own. Its last commit is the part of this tree, on top of the part of
   * the commit. @returns the first of the two.
   */
  checkOutChange(directory: string, tree: string, part: string): Promise<string>;
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
    registries: [...base.files].filter(namesRegistries).flatMap((path) => registriesIn(path, base.text(path) ?? '')),
    async heldTo(tree, changed) {
      return findGates(base, choices, { changed, after: await readListing(store, tree) });
    },
    async checkOutBefore(directory) {
      await WorkTree.make(store, directory, before);
    },
    changedLines: (tree, isWanted) => readChangedLines(store, commit, tree, isWanted),
    async checkOutChange(directory, tree, part) {
      const first = await commitPart(store, `${commit}^{tree}`, part, []);
      await WorkTree.make(store, directory, await commitPart(store, tree, part, ['-p', first]));
      return first;
    },
  };
}

/**
 * Line breaks to some languages, but not to git. They shift the numbers of all lines after them, so a file with one counts
 * as changed throughout: a change must not hide its lines behind others.
 */
const ODD_BREAK = /\r(?!\n)|[\v\f\x1c-\x1e\x85\u2028\u2029]/;
const ANY_BREAK = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

async function readChangedLines(
  store: Store,
  commit: string,
  tree: string,
  isWanted: (path: string) => boolean,
): Promise<ChangedFiles> {
  const before = `${commit}^{tree}`;
  const how = ['--no-renames', '--diff-filter=AM'];
  const listed = await store.run(['diff-tree', '-r', '-z', '--raw', '--no-abbrev', ...how, before, tree]);
  const fields = listed.toString('utf8').split('\0');
  const blobs = new Map<string, string>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = '', , id = ''] = (fields[at] ?? '').slice(1).split(' ');
    const path = fields[at + 1] ?? '';
    if (mode.startsWith('100') && isWanted(path)) blobs.set(path, id);
  }
  const texts = await readBlobs(store, [...new Set(blobs.values())]);
  const found = new Map<string, ChangedFile>();
  for (const [path, id] of blobs) {
    const plain = ['--unified=0', '--text', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'];
    const diff = await store.run(['diff', ...plain, before, tree, '--', `:(literal)${path}`]);
    const changed = new Set<number>();
    // Line by line: to a regular expression, a carriage return in the code would start a line too.
    for (const head of diff.toString('utf8').split('\n')) {
      const [, from, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(head) ?? [];
      for (let line = Number(from); line < Number(from) + Number(count); line++) changed.add(line);
    }
    if (changed.size === 0) continue;
    const text = texts.get(id)?.toString('utf8') ?? '';
    const isOdd = ODD_BREAK.test(text);
    const lines = text.split(isOdd ? ANY_BREAK : /\r?\n/);
    found.set(path, { changed: isOdd ? new Set(lines.map((_, index) => index + 1)) : changed, lines });
  }
  return found;
}

/** A commit of a directory of a tree, as if it were the whole; an empty one if the tree does not have it. */
async function commitPart(store: Store, tree: string, part: string, parents: readonly string[]): Promise<string> {
  const { output } = await store.answer(['rev-parse', '--verify', '--quiet', part === '' ? tree : `${tree}:${part}`], {
    allow: [0, 1],
  });
  const found = output.toString('utf8').trim() || (await store.text(['mktree'], { input: '' }));
  const who = { GIT_AUTHOR_NAME: 'swarm', GIT_AUTHOR_EMAIL: 'swarm@swarm.invalid' };
  const environment = { ...who, GIT_COMMITTER_NAME: who.GIT_AUTHOR_NAME, GIT_COMMITTER_EMAIL: who.GIT_AUTHOR_EMAIL };
  return store.text(['commit-tree', found, ...parents, '-m', 'a part'], { environment });
}

const LFS = 'version https://git-lfs.github.com/spec/';
/** A pointer has a version, a hash and a size, and nothing else. */
const isPointerSize = (size: number): boolean => size >= 110 && size <= 200;

/** Names of all files of a commit or tree, and the texts of its manifests. Links count as files without a text. */
async function readListing(store: Store, treeish: string): Promise<Listing> {
  const listed = await store.run(['ls-tree', '-r', '-l', '-z', '--full-tree', treeish]);
  const blobs = new Map<string, string>();
  const files = new Set<string>();
  const executable = new Set<string>();
  const submodules: string[] = [];
  const attributes = new Map<string, string>();
  const pointers = new Map<string, string>();
  for (const line of listed.toString('utf8').split('\0')) {
    const [, mode = '', id = '', size = '', path = ''] = /^(\d+) \w+ (\w+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
    if (path === '') continue;
    files.add(path);
    if (mode === '160000') submodules.push(path);
    if (mode === '100755') executable.add(path);
    if (!mode.startsWith('100')) continue;
    if (Number(size) <= MANIFEST_BYTES && (isManifest(path) || namesRegistries(path))) blobs.set(path, id);
    if (nameOf(path) === '.gitattributes' && Number(size) <= MANIFEST_BYTES) attributes.set(path, id);
    if (isPointerSize(Number(size))) pointers.set(path, id);
  }
  const ids = [...blobs.values(), ...attributes.values()];
  const texts = await readBlobs(store, [...new Set(ids)]);
  const textOf = (id: string | undefined): string | undefined => texts.get(id ?? '')?.toString('utf8');
  const usesLfs = [...attributes.values()].some((id) => /\bfilter=lfs\b/.test(textOf(id) ?? ''));
  const small = usesLfs ? await readBlobs(store, [...new Set(pointers.values())]) : new Map<string, Buffer>();
  const large = [...pointers].flatMap(([path, id]) => (small.get(id)?.toString('utf8').startsWith(LFS) ? [path] : []));
  return { files, executable, submodules, large, text: (path) => textOf(blobs.get(path)) };
}
