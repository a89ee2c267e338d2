/**
 * A bare repository on disk: the emulator's only truth about refs, commits, trees and blobs.
 *
 * Reads go through one long-lived `git cat-file --batch-command` and the ref files themselves, so that a question costs
 * no process; plain objects are written by `git-objects.ts`, everything else by git's own plumbing. No hook, no configuration of this machine and no prompt is in force.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commitBytes, editTree, moveRef, storeObject } from './git-objects.ts';
import {
  type ObjectInfo,
  parseCommit,
  parseNumstat,
  parseRaw,
  parseTag,
  parseTree,
  Reader,
  splitPatch,
  statusOf,
} from './git-output.ts';
import { launch } from './launcher.ts';

export const ZERO = '0'.repeat(40);
/** The tree without any file; git knows it without its being stored. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export type ObjectKind = 'commit' | 'tree' | 'blob' | 'tag';

/** `date` is ISO 8601, or seconds and offset as git writes them. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface ChangedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  readonly additions: number;
  readonly deletions: number;
  /** Blob after the change; before it where the file was removed. */
  readonly oid: string;
  /** The hunks, without the file headers; absent for binary files. */
  readonly patch?: string;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  /** What its `gpgsig` header holds, and the bytes that it signs. */
  readonly signed?: { readonly signature: string; readonly payload: string };
  readonly files?: readonly { readonly path: string; readonly status: ChangedFile['status'] }[];
}

export interface Tag {
  readonly name: string;
  /** What it is put on, mostly a commit. */
  readonly target: string;
  readonly message: string;
}

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly kind: ObjectKind;
  readonly oid: string;
  /** Bytes of a blob; undefined for what is none. */
  readonly size?: number;
}

/** One edit of a tree: `oid: null` deletes the path. */
export interface TreeEdit {
  readonly path: string;
  readonly mode: string;
  readonly oid: string | null;
}

export interface RefMove {
  readonly name: string;
  /** What the ref must be now; null: it must not be there. */
  readonly before: string | null;
  /** null deletes it. */
  readonly after: string | null;
}

export type MergedTree =
  | { readonly kind: 'clean'; readonly tree: string }
  | { readonly kind: 'conflict'; readonly paths: readonly string[] };

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  /** Makes the signature of its bytes. */
  readonly sign?: (payload: Uint8Array) => string;
}

export class GitError extends Error {
  override readonly name = 'GitError';
}

/** The environment of every git process of the emulator: nothing of this machine, nothing that asks. */
export const gitEnv = (extra: Record<string, string> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_COUNT: '4',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
  GIT_CONFIG_KEY_1: 'core.hooksPath',
  GIT_CONFIG_VALUE_1: '/dev/null',
  GIT_CONFIG_KEY_2: 'gc.auto',
  GIT_CONFIG_VALUE_2: '0',
  // What the emulator keeps need not outlive the machine.
  GIT_CONFIG_KEY_3: 'core.fsync',
  GIT_CONFIG_VALUE_3: 'none',
  ...extra,
});

interface Ran {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Comparisons of objects by their full ids: their answers never change. */
const COMPARISONS: ReadonlySet<string> = new Set(['rev-list', 'merge-base', 'merge-tree', 'diff-tree']);
const OIDS = /^\^?[0-9a-f]{40}(?:\.{2,3}[0-9a-f]{40})?$/;
const MOST_ANSWERS = 500;
const PLAIN_REF = /^refs(?:\/[A-Za-z0-9_][A-Za-z0-9_-]*)+$/;

export class GitRepository {
  readonly dir: string;
  #reader: Reader | undefined;
  readonly #answers = new Map<string, Promise<Ran>>();

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** Opens the bare repository at this path; makes it where there is none. */
  static async init(dir: string, defaultBranch: string): Promise<GitRepository> {
    const repository = new GitRepository(dir);
    if (!existsSync(join(dir, 'HEAD'))) {
      await mkdir(dir, { recursive: true });
      await repository.#git(['init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`, dir]);
    }
    return repository;
  }

  async setDefaultBranch(branch: string): Promise<void> {
    await this.#git(['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  }

  // ── Refs ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The object a full ref name points at, or null. Reads the files: loose first, packed after, as git does. */
  async readRef(name: string): Promise<string | null> {
    if (!/^(HEAD|refs\/[^\0]+)$/.test(name) || name.split('/').some((part) => part === '..' || part === ''))
      return null;
    const loose = this.#loose(name);
    if (loose === undefined) return this.#packed().get(name) ?? null;
    if (!loose.startsWith('ref: ')) return loose;
    return this.readRef(loose.slice('ref: '.length));
  }

  #loose(name: string): string | undefined {
    try {
      return readFileSync(join(this.dir, name), 'utf8').trim() || undefined;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
      throw error;
    }
  }

  #packed(): ReadonlyMap<string, string> {
    const packed = new Map<string, string>();
    let text: string;
    try {
      text = readFileSync(join(this.dir, 'packed-refs'), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return packed;
      throw error;
    }
    for (const line of text.split('\n')) {
      const found = /^([0-9a-f]{40,64}) (\S+)$/.exec(line);
      if (found?.[1] && found[2]) packed.set(found[2], found[1]);
    }
    return packed;
  }

  /** Refs whose full name begins with this, sorted by name. */
  async listRefs(prefix: string): Promise<readonly { readonly name: string; readonly oid: string }[]> {
    const found = new Map([...this.#packed()].filter(([name]) => name.startsWith(prefix)));
    const walk = (directory: string): void => {
      const path = join(this.dir, directory);
      if (!existsSync(path) || !statSync(path).isDirectory()) return;
      for (const entry of readdirSync(path, { withFileTypes: true })) {
        const name = `${directory}/${entry.name}`;
        if (entry.isDirectory()) {
          if (name.startsWith(prefix) || prefix.startsWith(`${name}/`)) walk(name);
        } else if (name.startsWith(prefix) && !name.endsWith('.lock')) {
          const oid = this.#loose(name);
          if (oid && !oid.startsWith('ref: ')) found.set(name, oid);
        }
      }
    };
    walk('refs');
    return [...found].map(([name, oid]) => ({ name, oid })).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Moves refs, all or none, each only from where its mover believes it to be. */
  async updateRefs(
    moves: readonly RefMove[],
  ): Promise<{ readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: string }> {
    const [only, ...others] = moves;
    if (only && others.length === 0 && (await this.#mayBeAt(only))) {
      const answer = moveRef(this.dir, only);
      if (answer === 'moved') return { kind: 'done' };
      if (answer === 'elsewhere') return { kind: 'refused', reason: `${only.name} is not at ${only.before ?? ZERO}` };
    }
    const lines = moves.map(({ name, before, after }) =>
      after === null ? `delete ${name}\0${before ?? ZERO}\0` : `update ${name}\0${after}\0${before ?? ZERO}\0`,
    );
    const input = `start\0${lines.join('')}prepare\0commit\0`;
    const ran = await this.#run(['update-ref', '-z', '--stdin'], { input });
    return ran.code === 0 ? { kind: 'done' } : { kind: 'refused', reason: ran.stderr.trim() };
  }

  /** Whether a ref may be put there: branches are of commits alone, others of whatever there is. */
  async #mayBeAt({ name, after }: RefMove): Promise<boolean> {
    if (after === null) return true;
    const kind = await this.kindOf(after);
    return kind === 'commit' || (kind !== null && !name.startsWith('refs/heads/'));
  }

  /** Whether git takes it as a full ref name. */
  async isRefName(name: string): Promise<boolean> {
    return PLAIN_REF.test(name) || (await this.#run(['check-ref-format', name])).code === 0;
  }

  // ── Objects ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** What a revision names (`main`, `refs/…`, `<oid>^{commit}`, `HEAD:path`), or null. */
  async resolve(revision: string): Promise<string | null> {
    const info = await this.#info(revision);
    return info?.oid ?? null;
  }

  async kindOf(revision: string): Promise<ObjectKind | null> {
    return (await this.#info(revision))?.kind ?? null;
  }

  async sizeOf(revision: string): Promise<number | null> {
    return (await this.#info(revision))?.size ?? null;
  }

  // A line feed would be a second question to the reader.
  async #info(revision: string): Promise<ObjectInfo | null> {
    return /[\n\0]/.test(revision) || revision === '' ? null : this.#objects().info(revision);
  }

  async #contents(revision: string): Promise<(ObjectInfo & { readonly bytes: Buffer }) | null> {
    return /[\n\0]/.test(revision) || revision === '' ? null : this.#objects().contents(revision);
  }

  /** The blob's bytes, or null where the revision names no blob. */
  async readBlob(revision: string): Promise<Buffer | null> {
    const object = await this.#contents(revision);
    return object?.kind === 'blob' ? object.bytes : null;
  }

  /**
   * Entries of a tree (or of a commit's tree), by path: its own, with `recursive` every file below it, with
   * `everything` the directories too. Throws GitError where there is no such tree.
   */
  async readTree(revision: string, depth: 'flat' | 'recursive' | 'everything' = 'flat'): Promise<readonly TreeEntry[]> {
    // Peeled by its id: behind `main:src` the suffix would be a part of the path.
    const tree = await this.#contents(`${(await this.resolve(revision)) ?? ''}^{tree}`);
    if (tree?.kind !== 'tree') throw new GitError(`${revision} is no tree`);
    const below = await Promise.all(
      parseTree(tree.bytes).map(async (entry): Promise<readonly TreeEntry[]> => {
        if (entry.kind === 'commit') return [entry];
        if (entry.kind === 'blob') {
          const size = await this.sizeOf(entry.oid);
          return [size === null ? entry : { ...entry, size }];
        }
        if (depth === 'flat') return [entry];
        const inside = await this.readTree(entry.oid, depth);
        const named = inside.map((each) => ({ ...each, path: `${entry.path}/${each.path}` }));
        return depth === 'everything' ? [entry, ...named] : named;
      }),
    );
    return below.flat();
  }

  /** Takes in a pack's objects and moves no ref, so that a push can be judged first. False: the pack is broken. */
  async unpack(pack: Buffer): Promise<boolean> {
    return (await this.#run(['unpack-objects', '-q'], { input: pack })).code === 0;
  }

  async writeBlob(content: Buffer | string): Promise<string> {
    return storeObject(this.dir, 'blob', Buffer.from(content));
  }

  /** A tree made from another by edits; `null` as base starts empty. Throws GitError on a path git refuses. */
  async writeTree(base: string | null, edits: readonly TreeEdit[]): Promise<string> {
    const from = base === null ? null : await this.resolve(`${base}^{tree}`);
    const missing = await Promise.all(
      edits.map(async ({ oid }) => oid !== null && (await this.kindOf(oid)) !== 'blob'),
    );
    const plain =
      (base !== null && from === null) || missing.includes(true)
        ? undefined
        : await editTree(this.dir, from, edits, (tree) => this.readTree(tree));
    return plain ?? this.#writeTreeByIndex(base, edits);
  }

  async #writeTreeByIndex(base: string | null, edits: readonly TreeEdit[]): Promise<string> {
    const index = join(this.dir, `index-${randomUUID()}`);
    const env = { GIT_INDEX_FILE: index };
    try {
      if (base) await this.#git(['read-tree', base], { env });
      // Directories by their files: an index has no others.
      const lines: string[] = [];
      const forget = (path: string) => lines.push(`0 ${ZERO}\t${path}\0`);
      for (const { path, mode, oid } of edits) {
        const before = base ? await this.resolve(`${base}:${path}`) : null;
        if (before && (await this.kindOf(before)) === 'tree') {
          for (const file of await this.readTree(before, 'recursive')) forget(`${path}/${file.path}`);
        } else if (oid === null) forget(path);
        if (oid === null) continue;
        if (mode !== '040000') lines.push(`${mode} ${oid} 0\t${path}\0`);
        else {
          const inside = await this.readTree(oid, 'recursive');
          for (const file of inside) lines.push(`${file.mode} ${file.oid} 0\t${path}/${file.path}\0`);
        }
      }
      if (lines.length > 0) {
        const added = await this.#git(['update-index', '-z', '--add', '--replace', '--index-info'], {
          env,
          input: lines.join(''),
        });
        // git leaves out a path like `../x` or `.git/x` with no more than a warning.
        if (added.stderr.includes('Ignoring path')) throw new GitError(`git update-index: ${added.stderr.trim()}`);
      }
      const { stdout } = await this.#git(['write-tree'], { env });
      return stdout.toString('utf8').trim();
    } finally {
      await rm(index, { force: true });
      await rm(`${index}.lock`, { force: true });
    }
  }

  async commitTree(commit: NewCommit): Promise<string> {
    const [tree, ...parents] = await Promise.all([commit.tree, ...commit.parents].map((each) => this.#info(each)));
    const known = parents.flatMap((parent) => (parent?.kind === 'commit' ? [parent.oid] : []));
    const areThere = tree?.kind === 'tree' && new Set(known).size === commit.parents.length;
    const bytes = areThere ? commitBytes({ ...commit, tree: tree.oid, parents: known }) : undefined;
    if (bytes) return storeObject(this.dir, 'commit', bytes);
    const env = {
      GIT_AUTHOR_NAME: commit.author.name,
      GIT_AUTHOR_EMAIL: commit.author.email,
      GIT_AUTHOR_DATE: commit.author.date,
      GIT_COMMITTER_NAME: commit.committer.name,
      GIT_COMMITTER_EMAIL: commit.committer.email,
      GIT_COMMITTER_DATE: commit.committer.date,
    };
    const named = commit.parents.flatMap((parent) => ['-p', parent]);
    const { stdout } = await this.#git(['commit-tree', commit.tree, ...named, '-F', '-'], {
      env,
      input: commit.message,
    });
    return stdout.toString('utf8').trim();
  }

  /** The commit, or null where the object is none. */
  async readCommit(revision: string): Promise<Commit | null> {
    const object = await this.#contents(`${revision}^{commit}`);
    return object?.kind === 'commit' ? parseCommit(object.oid, object.bytes) : null;
  }

  /** The annotated tag, or null where the object is none. */
  async readTag(revision: string): Promise<Tag | null> {
    const object = await this.#contents(revision);
    return object?.kind === 'tag' ? parseTag(object.bytes) : null;
  }

  /** Commits reachable from `from`, newest first; `since` and what it reaches left out. */
  async log(
    from: string,
    options: {
      readonly since?: string | null;
      readonly limit?: number;
      readonly skip?: number;
      readonly path?: string;
      readonly files?: 'named';
    } = {},
  ): Promise<Commit[]> {
    const args = ['rev-list', '--topo-order'];
    if (options.limit !== undefined) args.push(`--max-count=${options.limit}`);
    if (options.skip) args.push(`--skip=${options.skip}`);
    args.push(from, ...(options.since ? [`^${options.since}`] : []), '--', ...(options.path ? [options.path] : []));
    const { stdout } = await this.#git(args);
    const commits: Commit[] = [];
    for (const oid of stdout.toString('utf8').split('\n').filter(Boolean)) {
      const commit = await this.readCommit(oid);
      if (!commit) continue;
      commits.push(options.files === 'named' ? { ...commit, files: await this.#filesOf(commit) } : commit);
    }
    return commits;
  }

  async #filesOf(commit: Commit): Promise<NonNullable<Commit['files']>> {
    const before = commit.parents[0] ?? EMPTY_TREE;
    const { stdout } = await this.#git(['diff-tree', '-r', '-z', '--no-renames', '--name-status', before, commit.oid]);
    const parts = stdout.toString('utf8').split('\0');
    const files: { path: string; status: ChangedFile['status'] }[] = [];
    for (let at = 0; at + 1 < parts.length; at += 2) {
      files.push({ status: statusOf(parts[at] ?? 'M'), path: parts[at + 1] ?? '' });
    }
    return files;
  }

  // ── Comparing and merging ───────────────────────────────────────────────────────────────────────────────────────

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    if (ancestor === descendant) return true;
    const { code } = await this.#run(['merge-base', '--is-ancestor', ancestor, descendant]);
    return code === 0;
  }

  /** The best common ancestor, or null where the histories share none. */
  async mergeBase(a: string, b: string): Promise<string | null> {
    const ran = await this.#run(['merge-base', a, b]);
    return ran.code === 0 ? ran.stdout.toString('utf8').trim() : null;
  }

  async aheadBehind(base: string, head: string): Promise<{ readonly ahead: number; readonly behind: number }> {
    const { stdout } = await this.#git(['rev-list', '--left-right', '--count', `${base}...${head}`, '--']);
    const [behind = '0', ahead = '0'] = stdout.toString('utf8').trim().split(/\s+/);
    return { ahead: Number(ahead), behind: Number(behind) };
  }

  /** What `head` changed since it left `base`: GitHub's three-dot comparison. */
  async changedFiles(base: string | null, head: string): Promise<readonly ChangedFile[]> {
    const from = base === null ? null : await this.mergeBase(base, head);
    return this.diff(from ?? EMPTY_TREE, head);
  }

  /** The same as one text, as `git diff base...head` prints it. */
  async diffText(base: string, head: string): Promise<string> {
    const from = (await this.mergeBase(base, head)) ?? EMPTY_TREE;
    const ran = await this.#git([
      'diff-tree',
      '-r',
      '-p',
      '-M',
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
      from,
      head,
    ]);
    return ran.stdout.toString('utf8');
  }

  /** Each commit of `head` that `base` has not, as a mail. */
  async patchText(base: string, head: string): Promise<string> {
    const ran = await this.#git(['format-patch', '--stdout', '--no-signature', '--no-color', `${base}..${head}`]);
    return ran.stdout.toString('utf8');
  }

  /** The two trees side by side. */
  async diff(from: string, to: string): Promise<readonly ChangedFile[]> {
    const common = ['diff-tree', '-r', '-M', '--no-ext-diff', '--no-textconv'];
    const [raw, numbers, patch] = await Promise.all([
      this.#git([...common, '-z', '--raw', '--abbrev=40', from, to]),
      this.#git([...common, '-z', '--numstat', from, to]),
      this.#git([...common, '-p', '--no-color', from, to]),
    ]);
    const counts = parseNumstat(numbers.stdout.toString('utf8'));
    const hunks = splitPatch(patch.stdout.toString('utf8'));
    return parseRaw(raw.stdout.toString('utf8')).map((file, index) => {
      const count = counts[index];
      const text = count?.binary ? undefined : hunks[index];
      return {
        ...file,
        additions: count?.additions ?? 0,
        deletions: count?.deletions ?? 0,
        ...(text ? { patch: text } : {}),
      };
    });
  }

  /** The merge of two commits as a tree, without touching any ref (`git merge-tree --write-tree`). */
  async mergeTree(ours: string, theirs: string): Promise<MergedTree> {
    const ran = await this.#run([
      'merge-tree',
      '--write-tree',
      '--name-only',
      '-z',
      '--allow-unrelated-histories',
      ours,
      theirs,
    ]);
    const [tree = '', ...rest] = ran.stdout.toString('utf8').split('\0');
    if (ran.code === 0) return { kind: 'clean', tree };
    if (ran.code !== 1) throw new GitError(`git merge-tree: ${ran.stderr.trim()}`);
    const end = rest.indexOf('');
    return { kind: 'conflict', paths: rest.slice(0, end < 0 ? rest.length : end) };
  }

  /** Replays the commits of `head` that `base` has not, one by one, onto `base`. */
  async rebase(
    base: string,
    head: string,
    committer: Signature,
  ): Promise<{ readonly kind: 'done'; readonly oid: string } | { readonly kind: 'conflict' }> {
    const commits = (await this.log(head, { since: base })).filter((commit) => commit.parents.length === 1).reverse();
    let onto = base;
    for (const commit of commits) {
      const parent = commit.parents[0] ?? EMPTY_TREE;
      const ran = await this.#run(['merge-tree', '--write-tree', '-z', `--merge-base=${parent}`, onto, commit.oid]);
      // git before 2.40 has no --merge-base here: a grafted parent says the same.
      const tree = ran.code === 129 ? await this.#pick(parent, onto, commit) : ran.code === 0 ? firstField(ran) : null;
      if (tree === null) return { kind: 'conflict' };
      onto = await this.commitTree({
        tree,
        parents: [onto],
        message: commit.message,
        author: commit.author,
        committer,
      });
    }
    return { kind: 'done', oid: onto };
  }

  /** One commit's change on another base: both sides made children of the commit's own parent, then merged. */
  async #pick(parent: string, onto: string, commit: Commit): Promise<string | null> {
    const ontoTree = await this.resolve(`${onto}^{tree}`);
    if (!ontoTree) return null;
    const side = { parents: [parent], message: '', author: commit.author, committer: commit.committer };
    const ours = await this.commitTree({ ...side, tree: ontoTree });
    const merged = await this.mergeTree(ours, commit.oid);
    return merged.kind === 'clean' ? merged.tree : null;
  }

  // ── Filling ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Commits these files on top of a branch (made where there is none) and moves it. @returns the commit. */
  async seed(
    files: Readonly<
      Record<string, string | Buffer | { readonly content: string | Buffer; readonly mode: '100644' | '100755' }>
    >,
    options: { readonly branch: string; readonly message: string; readonly author: Signature },
  ): Promise<string> {
    const name = `refs/heads/${options.branch}`;
    const before = await this.readRef(name);
    const edits = await Promise.all(
      Object.entries(files).map(async ([path, file]): Promise<TreeEdit> => {
        const plain = typeof file === 'string' || Buffer.isBuffer(file);
        return { path, mode: plain ? '100644' : file.mode, oid: await this.writeBlob(plain ? file : file.content) };
      }),
    );
    const tree = await this.writeTree(before, edits);
    const { author } = options;
    const parents = before ? [before] : [];
    const oid = await this.commitTree({ tree, parents, message: options.message, author, committer: author });
    const moved = await this.updateRefs([{ name, before, after: oid }]);
    if (moved.kind === 'refused') throw new GitError(moved.reason);
    return oid;
  }

  async close(): Promise<void> {
    const reader = this.#reader;
    this.#reader = undefined;
    await reader?.close();
  }

  // ── Processes ───────────────────────────────────────────────────────────────────────────────────────────────────

  #objects(): Reader {
    if (!this.#reader || this.#reader.ended) this.#reader = new Reader(this.dir, gitEnv({ GIT_DIR: this.dir }));
    return this.#reader;
  }

  async #git(
    args: readonly string[],
    options: { env?: Record<string, string>; input?: string | Buffer } = {},
  ): Promise<Ran> {
    const ran = await this.#run(args, options);
    if (ran.code !== 0) throw new GitError(`git ${args[0]}: ${ran.stderr.trim() || `exit ${ran.code}`}`);
    return ran;
  }

  #run(args: readonly string[], options: { env?: Record<string, string>; input?: string | Buffer } = {}): Promise<Ran> {
    const [command = '', ...rest] = args;
    const lasts = COMPARISONS.has(command) && rest.every((each) => each.startsWith('-') || OIDS.test(each));
    if (!lasts || options.env || options.input !== undefined) return this.#spawn(args, options);
    const question = args.join(' ');
    const known = this.#answers.get(question);
    if (known) return known;
    const asked = this.#spawn(args, options);
    if (this.#answers.size >= MOST_ANSWERS) this.#answers.clear();
    this.#answers.set(question, asked);
    // An object that is not there yet may come.
    asked.then(
      ({ code }) => code > 1 && this.#answers.delete(question),
      () => this.#answers.delete(question),
    );
    return asked;
  }

  #spawn(
    args: readonly string[],
    options: { readonly env?: Record<string, string>; readonly input?: string | Buffer },
  ): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const child = launch('git', args, { cwd: this.dir, env: gitEnv({ GIT_DIR: this.dir, ...options.env }) });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
      child.once('error', (error: Error) => reject(new GitError(`git ${args[0]}: ${error.message}`)));
      child.once('close', (code: number | null, signal: string | null) => {
        if (code === null) reject(new GitError(`git ${args[0]} was ended by ${signal}`));
        else resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') });
      });
      // A process that ends before it has read everything says why by its exit code.
      child.stdin.on('error', () => undefined);
      child.stdin.end(options.input ?? '');
    });
  }
}

const firstField = (ran: Ran): string => ran.stdout.toString('utf8').split('\0')[0]?.trim() ?? '';
