/**
 * A change on its way from job to job, and the judgement of what it makes of the tree.
 *
 * It travels as text: git's own binary diff, compressed, in parts that fit a job's outputs and one environment variable
 * each, bound by the digest of its bytes. What it does is never read from that text: five readers of diffs disagree with
 * git about it. It is applied to an index of its own, and the (mode, path, blob) that git then lists is what is judged
 * (threats §3.3).
 */
import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Config } from '#core/config';
import type { Problem } from '#core/problem';
import { isInside } from '#core/scope';
import { GitFailed, type Store } from './git.ts';
import { attentionOf, collisions, isProtected, pathFault, showPath } from './paths.ts';
import { findSecrets } from './secrets.ts';

export const LIMITS = {
  patchBytes: 4 * 1024 * 1024,
  files: 100,
  deletions: 50,
  addedLines: 20_000,
  blobBytes: 1024 * 1024,
} as const;

/**
 * A job's outputs may be 1 MB, counted as UTF-16, and one environment variable 128 KiB on Linux: four parts of this size.
 * @see https://docs.github.com/en/actions/writing-workflows/choosing-what-your-workflow-does/passing-information-between-jobs
 */
const PART_CHARS = 118_000;
export const PARTS = 4;

export interface PackedPatch {
  readonly parts: readonly string[];
  /** SHA-256 of the patch's own bytes, hex. */
  readonly digest: string;
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The change from `base` to `tree`, as bytes that `git apply` makes the same tree of. */
export const makePatch = (store: Store, base: string, tree: string): Promise<Buffer> =>
  store.run([
    ...['diff-tree', '-r', '-p', '--binary', '--full-index', '--no-renames', '--no-ext-diff', '--no-textconv'],
    ...['--no-color', '--src-prefix=a/', '--dst-prefix=b/', base, tree],
  ]);

export function packPatch(
  bytes: Uint8Array,
): { readonly kind: 'packed'; readonly packed: PackedPatch } | { readonly kind: 'too big'; readonly problem: Problem } {
  if (bytes.length > LIMITS.patchBytes) {
    return { kind: 'too big', problem: limit('bytes in the patch', bytes.length, LIMITS.patchBytes) };
  }
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  const text = brotliCompressSync(bytes, options).toString('base64');
  if (text.length > PART_CHARS * PARTS) {
    const what = 'characters in the compressed patch';
    return { kind: 'too big', problem: limit(what, text.length, PART_CHARS * PARTS) };
  }
  const parts = Array.from({ length: PARTS }, (_, at) => text.slice(at * PART_CHARS, (at + 1) * PART_CHARS));
  return { kind: 'packed', packed: { parts, digest: digestOf(bytes) } };
}

export type UnpackedPatch =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'patch'; readonly bytes: Buffer }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** The bytes that the digest names, or why these parts are not they. */
export function unpackPatch({ parts, digest }: PackedPatch): UnpackedPatch {
  const text = parts.join('');
  if (text === '' && digest === '') return { kind: 'nothing' };
  const tampered = (found: string): UnpackedPatch => ({
    kind: 'refused',
    problem: { kind: 'PATCH_TAMPERED', said: digest.slice(0, 64), found },
  });
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return tampered('no base64');
  let bytes: Buffer;
  try {
    bytes = brotliDecompressSync(Buffer.from(text, 'base64'), { maxOutputLength: LIMITS.patchBytes });
  } catch (error) {
    return tampered(`no patch (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`);
  }
  const found = digestOf(bytes);
  return found === digest ? { kind: 'patch', bytes } : tampered(found);
}

/** The tree that the patch makes of a commit. Nothing is checked out. */
export async function applyPatch(
  store: Store,
  base: string,
  bytes: Uint8Array,
): Promise<{ readonly kind: 'tree'; readonly tree: string } | { readonly kind: 'refused'; readonly problem: Problem }> {
  const index = `${store.directory}/apply.index`;
  await store.run(['read-tree', base], { index });
  try {
    await store.run(['apply', '--cached', '--whitespace=nowarn', '-'], { index, input: bytes });
    return { kind: 'tree', tree: await store.text(['write-tree'], { index }) };
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    const message = error.stderr.trim().split('\n').slice(0, 5).map(showPath).join('; ');
    return { kind: 'refused', problem: { kind: 'PATCH_CONFLICT', message: message.slice(0, 1_000) } };
  }
}

export interface Rules {
  /** The segment's file scope; empty where it is unknown. */
  readonly scope: readonly string[];
  readonly config: Pick<Config, 'protect' | 'unprotect' | 'gates'>;
}

export interface Judgement {
  /** Changed paths, sorted. */
  readonly files: readonly string[];
  /** Why it may not be published; the gravest first. */
  readonly problems: readonly Problem[];
  /** Changed files that change how gates run, or take tests away: a person has to look (R11.5). */
  readonly attention: readonly string[];
  /** What a reviewer's eyes would miss: characters that cannot be seen or turn the text around. */
  readonly suspicious: readonly string[];
  /** Whether it may lie on a branch for people to look at, though it may not be published. */
  readonly keep: 'may be kept' | 'must not leave here';
}

interface Change {
  readonly status: 'A' | 'M' | 'D' | 'T';
  readonly mode: string;
  readonly was: string;
  readonly blob: string;
  readonly path: Buffer;
}

/** Judges the tree as a whole against the commit it started from. */
export async function judgeTree(store: Store, base: string, tree: string, rules: Rules): Promise<Judgement> {
  const changes = parseChanges(
    await store.run(['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', `${base}^{tree}`, tree]),
  );
  const made = changes.filter(({ status }) => status !== 'D');
  const files = changes.map(({ path }) => showPath(path.toString('utf8'))).sort();
  const hard: Problem[] = [];

  for (const { path, status, mode } of changes) {
    const shown = showPath(path.toString('utf8'));
    const fault = status === 'D' ? undefined : pathFault(path);
    if (fault !== undefined) hard.push({ kind: 'BAD_PATH', file: shown, why: fault });
    else if (status !== 'D' && mode !== '100644' && mode !== '100755') {
      hard.push({ kind: 'FILE_MODE', file: shown, mode });
    }
  }
  const paths = changes.map(({ path }) => path.toString('utf8'));
  const locked = paths.filter((path) => isProtected(path, rules.config));
  if (locked.length > 0) hard.push({ kind: 'PROTECTED_PATH', files: locked.map(showPath) });
  if (hard.length > 0) return { files, problems: hard, attention: [], suspicious: [], keep: 'must not leave here' };

  const sizes = await sizesOf(store, changes);
  const broken = await limitsBroken(store, base, changes, sizes);
  if (broken.length > 0) return { files, problems: broken, attention: [], suspicious: [], keep: 'must not leave here' };

  const read = await readChanges(store, made, sizes);
  const secrets = rules.config.gates.security?.off ? [] : read.secrets;
  const soft: Problem[] = [...read.binaries, ...(read.tooManyLines ? [read.tooManyLines] : [])];
  const added = made.filter(({ status }) => status === 'A').map(({ path }) => path.toString('utf8'));
  if (added.length > 0) {
    const all = split(await store.run(['ls-tree', '-r', '-z', '--name-only', '--full-tree', tree]));
    for (const { path, other } of collisions(added, all)) {
      soft.push({ kind: 'PATH_COLLISION', file: showPath(path), with: showPath(other) });
    }
  }
  const outside =
    rules.scope.length === 0 || rules.config.gates.scope?.off
      ? []
      : paths.filter((path) => !isInside(path, rules.scope));
  if (outside.length > 0) soft.push({ kind: 'OUT_OF_SCOPE', files: outside.map(showPath), scope: rules.scope });
  return {
    files,
    problems: [...secrets, ...soft],
    attention: attentionOf(changes.map(({ path, status }) => ({ path: path.toString('utf8'), status }))),
    suspicious: read.suspicious,
    keep: secrets.length > 0 ? 'must not leave here' : 'may be kept',
  };
}

const limit = (what: string, found: number, most: number): Problem => ({
  kind: 'PATCH_LIMIT',
  what,
  found,
  limit: most,
});

/** `:100644 100644 <was> <blob> M\0path\0 …` */
function parseChanges(raw: Buffer): readonly Change[] {
  const changes: Change[] = [];
  for (let at = 0; at < raw.length; ) {
    const headEnd = raw.indexOf(0, at);
    const pathEnd = raw.indexOf(0, headEnd + 1);
    const [, mode = '', was = '', blob = '', status = ''] = raw.toString('latin1', at + 1, headEnd).split(' ');
    if (headEnd < 0 || pathEnd < 0 || !/^[AMDT]$/.test(status))
      throw new Error('git diff-tree answered in no known form');
    changes.push({ mode, was, blob, status: status as Change['status'], path: raw.subarray(headEnd + 1, pathEnd) });
    at = pathEnd + 1;
  }
  return changes;
}

const split = (raw: Buffer): readonly string[] =>
  raw
    .toString('utf8')
    .split('\0')
    .filter((each) => each !== '');

type Sizes = ReadonlyMap<string, number>;

/** Bytes by blob, old and new. */
async function sizesOf(store: Store, changes: readonly Change[]): Promise<Sizes> {
  const ids = changes.flatMap(({ was, blob, status }) => [
    ...(status === 'D' ? [] : [blob]),
    ...(status === 'M' ? [was] : []),
  ]);
  if (ids.length === 0) return new Map();
  const input = `${[...new Set(ids)].join('\n')}\n`;
  const told = await store.text(['cat-file', '--batch-check=%(objectname) %(objectsize)'], { input });
  return new Map(told.split('\n').map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]));
}

async function limitsBroken(
  store: Store,
  base: string,
  changes: readonly Change[],
  sizes: Sizes,
): Promise<readonly Problem[]> {
  const deleted = changes.filter(({ status }) => status === 'D').length;
  if (changes.length > LIMITS.files) return [limit('changed files', changes.length, LIMITS.files)];
  if (deleted > LIMITS.deletions) return [limit('deleted files', deleted, LIMITS.deletions)];
  if (deleted > 1) {
    const before = split(await store.run(['ls-tree', '-r', '-z', '--name-only', '--full-tree', base])).length;
    if (deleted >= before) return [limit('deleted files (these are all there are)', deleted, before - 1)];
  }
  const made = changes.filter(({ status }) => status !== 'D').map(({ blob }) => sizes.get(blob) ?? 0);
  const biggest = Math.max(0, ...made);
  return biggest > LIMITS.blobBytes ? [limit('bytes in one file', biggest, LIMITS.blobBytes)] : [];
}

/** Bytes of a blob that git looks at to call it binary. */
const BINARY_LOOK_BYTES = 8_000;
const OLD_BLOB_BYTES = 8 * LIMITS.blobBytes;
const UNSEEN = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

interface ReadChanges {
  readonly secrets: readonly Problem[];
  readonly binaries: readonly Problem[];
  readonly tooManyLines: Problem | undefined;
  readonly suspicious: readonly string[];
}

async function readChanges(store: Store, made: readonly Change[], sizes: Sizes): Promise<ReadChanges> {
  // A file that was big before is not read: all of its lines count as new.
  const blobs = await readBlobs(
    store,
    [...sizes].filter(([, size]) => size <= OLD_BLOB_BYTES).map(([id]) => id),
  );
  const secrets: Problem[] = [];
  const binaries: Problem[] = [];
  const suspicious: string[] = [];
  let lines = 0;
  for (const { path, blob, was, status } of made) {
    const file = showPath(path.toString('utf8'));
    const bytes = blobs.get(blob) ?? Buffer.alloc(0);
    if (bytes.subarray(0, BINARY_LOOK_BYTES).includes(0)) {
      binaries.push({ kind: 'BINARY_FILE', file });
      continue;
    }
    const content = bytes.toString('utf8');
    const added = addedLines(content, status === 'M' ? (blobs.get(was)?.toString('utf8') ?? '') : '');
    lines += added.size;
    for (const { line, rule } of await findSecrets(file, content, (at) => added.has(at))) {
      secrets.push({ kind: 'SECRET_IN_PATCH', file, line, rule });
    }
    const texts = content.split('\n');
    const unseen = [...added].find((at) => UNSEEN.test(texts[at - 1] ?? ''));
    if (unseen !== undefined)
      suspicious.push(`${file}:${unseen} holds characters that cannot be seen or turn text around`);
  }
  const tooManyLines = lines > LIMITS.addedLines ? limit('added lines', lines, LIMITS.addedLines) : undefined;
  return { secrets, binaries, tooManyLines, suspicious };
}

/** Lines (1-based) of the new text that the old one has not, or has not as often. Order is not looked at. */
export function addedLines(now: string, before: string): ReadonlySet<number> {
  const there = new Map<string, number>();
  for (const line of before.split('\n')) there.set(line, (there.get(line) ?? 0) + 1);
  const added = new Set<number>();
  for (const [index, line] of now.split('\n').entries()) {
    const left = there.get(line) ?? 0;
    if (left > 0) there.set(line, left - 1);
    else added.add(index + 1);
  }
  return added;
}

async function readBlobs(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  if (ids.length === 0) return blobs;
  const raw = await store.run(['cat-file', '--batch'], { input: `${ids.join('\n')}\n` });
  for (let at = 0; at < raw.length; ) {
    const end = raw.indexOf(0x0a, at);
    const [id = '', kind, size] = raw.toString('latin1', at, end).split(' ');
    if (kind !== 'blob') throw new Error(`git cat-file answered ${kind} for ${id}`);
    blobs.set(id, raw.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return blobs;
}
