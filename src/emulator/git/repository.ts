/**
 * A bare repository on disk, the only place where refs, commits, trees and blobs are kept.
 *
 * Reading an object or a ref starts no process. Simple objects and moves are written directly (`objects.ts`, `refs.ts`),
 * everything else by git's plumbing commands.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ZERO_OID } from '#emulator/model/records';
import { type ObjectInfo, ObjectReader } from './object-reader.ts';
import { commitBytes, editTree, storeObject } from './objects.ts';
import { parseCommit, parseNumstat, parseRaw, parseTag, parseTree, splitPatch, statusOf } from './parse.ts';
import { GitProcesses, type GitResult, gitEnv } from './process.ts';
import { listRefs, moveRef, readRef } from './refs.ts';
import {
  type ChangedFile,
  type Commit,
  EMPTY_TREE,
  GitError,
  type MergedTree,
  type NewCommit,
  type ObjectKind,
  type RefMove,
  type Signature,
  type Tag,
  type TreeEdit,
  type TreeEntry,
} from './types.ts';

const PLAIN_REF = /^refs(?:\/[A-Za-z0-9_][A-Za-z0-9_-]*)+$/;

export class GitRepository {
  readonly dir: string;
  readonly #processes: GitProcesses;
  #reader: ObjectReader | undefined;

  private constructor(dir: string) {
    this.dir = dir;
    this.#processes = new GitProcesses(dir);
  }

  /** Opens the bare repository at this path, and creates it if needed. */
  static async init(dir: string, defaultBranch: string): Promise<GitRepository> {
    const repository = new GitRepository(dir);
    if (!existsSync(join(dir, 'HEAD'))) {
      await mkdir(dir, { recursive: true });
      await repository.#processes.git([
        'init',
        '--quiet',
        '--bare',
        '--template=',
        `--initial-branch=${defaultBranch}`,
        dir,
      ]);
    }
    return repository;
  }

  async setDefaultBranch(branch: string): Promise<void> {
    await this.#processes.git(['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  }

  // ── Refs ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The object that a full ref name points at, or null. */
  async readRef(name: string): Promise<string | null> {
    return readRef(this.dir, name);
  }

  /** The refs under a prefix of their full names, sorted by name. */
  async listRefs(prefix: string): Promise<readonly { readonly name: string; readonly oid: string }[]> {
    return listRefs(this.dir, prefix);
  }

  /** Moves all of the refs or none. Each move fails if the ref is not at `before`. */
  async updateRefs(
    moves: readonly RefMove[],
  ): Promise<{ readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: string }> {
    const [only, ...others] = moves;
    if (only && others.length === 0 && (await this.#mayPointAt(only))) {
      const answer = moveRef(this.dir, only);
      if (answer === 'moved') return { kind: 'done' };
      if (answer === 'elsewhere')
        return { kind: 'refused', reason: `${only.name} is not at ${only.before ?? ZERO_OID}` };
    }
    const lines = moves.map(({ name, before, after }) =>
      after === null ? `delete ${name}\0${before ?? ZERO_OID}\0` : `update ${name}\0${after}\0${before ?? ZERO_OID}\0`,
    );
    const input = `start\0${lines.join('')}prepare\0commit\0`;
    const ran = await this.#processes.run(['update-ref', '-z', '--stdin'], { input });
    return ran.code === 0 ? { kind: 'done' } : { kind: 'refused', reason: ran.stderr.trim() };
  }

  /** True if the ref may point at its new object: a branch only at a commit, other refs at any object. */
  async #mayPointAt({ name, after }: RefMove): Promise<boolean> {
    if (after === null) return true;
    const kind = await this.kindOf(after);
    return kind === 'commit' || (kind !== null && !name.startsWith('refs/heads/'));
  }

  /** True if git accepts the full ref name. */
  async isRefName(name: string): Promise<boolean> {
    return PLAIN_REF.test(name) || (await this.#processes.run(['check-ref-format', name])).code === 0;
  }

  // ── Objects ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The object that a revision names (`main`, `refs/…`, `<oid>^{commit}`, `HEAD:path`), or null. */
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

  // A line feed would start a second request to the reader.
  async #info(revision: string): Promise<ObjectInfo | null> {
    return /[\n\0]/.test(revision) || revision === '' ? null : this.#objects().info(revision);
  }

  async #contents(revision: string): Promise<(ObjectInfo & { readonly bytes: Buffer }) | null> {
    return /[\n\0]/.test(revision) || revision === '' ? null : this.#objects().contents(revision);
  }

  /** The blob's bytes, or null if the revision doesn't name a blob. */
  async readBlob(revision: string): Promise<Buffer | null> {
    const object = await this.#contents(revision);
    return object?.kind === 'blob' ? object.bytes : null;
  }

  /**
   * The entries of a tree (or of a commit's tree): `flat` lists its own entries, `recursive` all files below it, and
   * `everything` the directories too. Throws GitError if the tree doesn't exist.
   */
  async readTree(revision: string, depth: 'flat' | 'recursive' | 'everything' = 'flat'): Promise<readonly TreeEntry[]> {
    // The suffix needs an id before it: after `main:src` it would be part of the path.
    const tree = await this.#contents(`${(await this.resolve(revision)) ?? ''}^{tree}`);
    if (tree?.kind !== 'tree') throw new GitError(`${revision} is not a tree`);
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

  /** Stores a pack's objects without moving a ref, so that a push can be checked first. False if the pack is broken. */
  async unpack(pack: Buffer): Promise<boolean> {
    return (await this.#processes.run(['unpack-objects', '-q'], { input: pack })).code === 0;
  }

  /** The files larger than `limit` that these commits would bring in. */
  async newFilesAbove(
    commits: readonly string[],
    limit: number,
  ): Promise<readonly { readonly path: string; readonly size: number }[]> {
    // The environment keeps the result from being cached, because it depends on all refs.
    const { stdout } = await this.#processes.git(['rev-list', '--objects', ...commits, '--not', '--all'], { env: {} });
    const objects = stdout.toString('utf8').split('\n').filter(Boolean);
    const sized = await Promise.all(
      objects.map(async (line) => ({ path: line.slice(41), size: (await this.sizeOf(line.slice(0, 40))) ?? 0 })),
    );
    return sized.filter(({ path, size }) => path !== '' && size > limit);
  }

  async writeBlob(content: Buffer | string): Promise<string> {
    return storeObject(this.dir, 'blob', Buffer.from(content));
  }

  /** Writes the tree that results from edits to `base` (null: the empty tree). Throws GitError if git refuses a path. */
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
      if (base) await this.#processes.git(['read-tree', base], { env });
      // Directories are expanded to their files, because an index contains only files.
      const lines: string[] = [];
      const remove = (path: string) => lines.push(`0 ${ZERO_OID}\t${path}\0`);
      for (const { path, mode, oid } of edits) {
        const before = base ? await this.resolve(`${base}:${path}`) : null;
        if (before && (await this.kindOf(before)) === 'tree') {
          for (const file of await this.readTree(before, 'recursive')) remove(`${path}/${file.path}`);
        } else if (oid === null) remove(path);
        if (oid === null) continue;
        if (mode !== '040000') lines.push(`${mode} ${oid} 0\t${path}\0`);
        else {
          const inside = await this.readTree(oid, 'recursive');
          for (const file of inside) lines.push(`${file.mode} ${file.oid} 0\t${path}/${file.path}\0`);
        }
      }
      if (lines.length > 0) {
        const added = await this.#processes.git(['update-index', '-z', '--add', '--replace', '--index-info'], {
          env,
          input: lines.join(''),
        });
        // For a path like `../x` or `.git/x`, git only prints a warning.
        if (added.stderr.includes('Ignoring path')) throw new GitError(`git update-index: ${added.stderr.trim()}`);
      }
      const { stdout } = await this.#processes.git(['write-tree'], { env });
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
    const { stdout } = await this.#processes.git(['commit-tree', commit.tree, ...named, '-F', '-'], {
      env,
      input: commit.message,
    });
    return stdout.toString('utf8').trim();
  }

  /** The commit, or null if the object is not a commit. */
  async readCommit(revision: string): Promise<Commit | null> {
    const object = await this.#contents(`${revision}^{commit}`);
    return object?.kind === 'commit' ? parseCommit(object.oid, object.bytes) : null;
  }

  /** The annotated tag, or null if the object is not a tag. */
  async readTag(revision: string): Promise<Tag | null> {
    const object = await this.#contents(revision);
    return object?.kind === 'tag' ? parseTag(object.bytes) : null;
  }

  /** The commits reachable from `from` but not from `since`, newest first. */
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
    const { stdout } = await this.#processes.git(args);
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
    const { stdout } = await this.#processes.git([
      'diff-tree',
      '-r',
      '-z',
      '--no-renames',
      '--name-status',
      before,
      commit.oid,
    ]);
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
    const { code } = await this.#processes.run(['merge-base', '--is-ancestor', ancestor, descendant]);
    return code === 0;
  }

  /** The best common ancestor, or null if there is none. */
  async mergeBase(a: string, b: string): Promise<string | null> {
    const ran = await this.#processes.run(['merge-base', a, b]);
    return ran.code === 0 ? ran.stdout.toString('utf8').trim() : null;
  }

  async aheadBehind(base: string, head: string): Promise<{ readonly ahead: number; readonly behind: number }> {
    const { stdout } = await this.#processes.git(['rev-list', '--left-right', '--count', `${base}...${head}`, '--']);
    const [behind = '0', ahead = '0'] = stdout.toString('utf8').trim().split(/\s+/);
    return { ahead: Number(ahead), behind: Number(behind) };
  }

  /** The files that `head` changed since it branched off `base`: GitHub's three-dot comparison. */
  async changedFiles(base: string | null, head: string): Promise<readonly ChangedFile[]> {
    const from = base === null ? null : await this.mergeBase(base, head);
    return this.diff(from ?? EMPTY_TREE, head);
  }

  /** The same changes as text, as `git diff base...head` prints them. */
  async diffText(base: string, head: string): Promise<string> {
    const from = (await this.mergeBase(base, head)) ?? EMPTY_TREE;
    const ran = await this.#processes.git([
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

  /** The commits of `head` that are not in `base`, as mails. */
  async patchText(base: string, head: string): Promise<string> {
    const ran = await this.#processes.git([
      'format-patch',
      '--stdout',
      '--no-signature',
      '--no-color',
      `${base}..${head}`,
    ]);
    return ran.stdout.toString('utf8');
  }

  /** The differences between two trees. */
  async diff(from: string, to: string): Promise<readonly ChangedFile[]> {
    const common = ['diff-tree', '-r', '-M', '--no-ext-diff', '--no-textconv'];
    const [raw, numbers, patch] = await Promise.all([
      this.#processes.git([...common, '-z', '--raw', '--abbrev=40', from, to]),
      this.#processes.git([...common, '-z', '--numstat', from, to]),
      this.#processes.git([...common, '-p', '--no-color', from, to]),
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

  /** Merges two commits into a tree, without moving a ref (`git merge-tree --write-tree`). */
  async mergeTree(ours: string, theirs: string): Promise<MergedTree> {
    const ran = await this.#processes.run([
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

  /** Replays the commits of `head` that are not in `base` onto `base`, one by one. */
  async rebase(
    base: string,
    head: string,
    committer: Signature,
  ): Promise<{ readonly kind: 'done'; readonly oid: string } | { readonly kind: 'conflict' }> {
    const commits = (await this.log(head, { since: base })).filter((commit) => commit.parents.length === 1).reverse();
    let onto = base;
    for (const commit of commits) {
      const parent = commit.parents[0] ?? EMPTY_TREE;
      const ran = await this.#processes.run([
        'merge-tree',
        '--write-tree',
        '-z',
        `--merge-base=${parent}`,
        onto,
        commit.oid,
      ]);
      // Git before 2.40 has no --merge-base; a commit with the same parent has the same effect.
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

  /** The tree of `onto` without what changed from `before` to `commit`, or null if that conflicts with later changes. */
  async undo(onto: string, commit: string, before: string): Promise<string | null> {
    const done = await this.readCommit(commit);
    const tree = await this.resolve(`${before}^{tree}`);
    if (!done || !tree) return null;
    const oid = await this.commitTree({ ...done, tree, parents: [done.oid] });
    const undone = await this.readCommit(oid);
    return undone && this.#pick(done.oid, onto, undone);
  }

  /** Applies one commit to another base, by merging it with a commit of that base's tree on the commit's own parent. */
  async #pick(parent: string, onto: string, commit: Commit): Promise<string | null> {
    const ontoTree = await this.resolve(`${onto}^{tree}`);
    if (!ontoTree) return null;
    const side = { parents: [parent], message: '', author: commit.author, committer: commit.committer };
    const ours = await this.commitTree({ ...side, tree: ontoTree });
    const merged = await this.mergeTree(ours, commit.oid);
    return merged.kind === 'clean' ? merged.tree : null;
  }

  // ── Seeding ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Commits files to a branch, and creates the branch if needed. @returns the commit. */
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

  #objects(): ObjectReader {
    if (!this.#reader || this.#reader.ended) this.#reader = new ObjectReader(this.dir, gitEnv({ GIT_DIR: this.dir }));
    return this.#reader;
  }
}

const firstField = (ran: GitResult): string => ran.stdout.toString('utf8').split('\0')[0]?.trim() ?? '';
