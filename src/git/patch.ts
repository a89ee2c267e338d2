/**
 * Packs a change for its way from job to job, and judges the tree that it makes.
 *
 * A change travels as text: git's binary diff, compressed, bound by a digest, and split into parts that fit a job's outputs
 * and environment variables. Swarm never reads the meaning of a change from that text, because parsers of diffs disagree
 * with git. It applies the patch to an index of its own, and judges the modes, paths and blobs that git then lists
 * (threats §3.3).
 */
import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Config } from '#core/model/config';
import type { Problem, WorkProblem } from '#core/model/problem';
import type { Annotation } from '#core/model/report';
import { agentFilesAmong, followLinks, type TreeEntry } from '#core/scope/agent-files';
import { scopeMatcher } from '#core/scope/scope';
import { isTestFile } from '#core/scope/test-file';
import { redact, redactor } from '#words/safe';
import {
  attentionOf,
  findCollisions,
  type NamedChange,
  pathFault,
  protectedBy,
  showLetters,
  showPath,
} from './paths.ts';
import { findSecrets, secretsInNames } from './secrets.ts';
import { answersIn, specialCasesIn, testsInside } from './special-cases.ts';
import { GitFailed, type Store } from './store.ts';
import { type Remark, sayRemark, suspiciousIn } from './suspicious.ts';
import { type Change, weakenedIn } from './weakened.ts';

export const LIMITS = {
  patchBytes: 4 * 1024 * 1024,
  files: 100,
  deletions: 50,
  addedLines: 20_000,
  blobBytes: 1024 * 1024,
  readBytes: 16 * 1024 * 1024,
} as const;

/**
 * A job's outputs may have 1 MB, counted as UTF-16, and an environment variable 128 KiB on Linux. Four parts of this size
 * fit both.
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

/** The change from `base` to `tree`, as input for `git apply`. */
export const makePatch = (store: Store, base: string, tree: string): Promise<Buffer> =>
  store.run([
    ...['diff-tree', '-r', '-p', '--binary', '--full-index', '--no-renames', '--no-ext-diff', '--no-textconv'],
    ...['--no-color', '--src-prefix=a/', '--dst-prefix=b/', base, tree],
  ]);

export function packPatch(
  bytes: Uint8Array,
):
  | { readonly kind: 'packed'; readonly packed: PackedPatch }
  | { readonly kind: 'too big'; readonly problem: WorkProblem } {
  if (bytes.length > LIMITS.patchBytes) {
    return { kind: 'too big', problem: limit('bytes in the patch', bytes.length, LIMITS.patchBytes) };
  }
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  const text = brotliCompressSync(bytes, options).toString('base64');
  if (text.length > PART_CHARS * PARTS) {
    const what = 'characters in the compressed patch';
    return { kind: 'too big', problem: limit(what, text.length, PART_CHARS * PARTS) };
  }
  const parts = Array.from({ length: PARTS }, (_, part) => text.slice(part * PART_CHARS, (part + 1) * PART_CHARS));
  return { kind: 'packed', packed: { parts, digest: digestOf(bytes) } };
}

export type UnpackedPatch =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'patch'; readonly bytes: Buffer }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** The patch, if these parts match the digest. */
export function unpackPatch({ parts, digest }: PackedPatch): UnpackedPatch {
  const text = parts.join('');
  if (text === '' && digest === '') return { kind: 'nothing' };
  const tampered = (found: string): UnpackedPatch => ({
    kind: 'refused',
    problem: { kind: 'PATCH_TAMPERED', said: digest.slice(0, 64), found },
  });
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return tampered('not base64');
  let bytes: Buffer;
  try {
    bytes = brotliDecompressSync(Buffer.from(text, 'base64'), { maxOutputLength: LIMITS.patchBytes });
  } catch (error) {
    return tampered(`not a patch (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`);
  }
  const found = digestOf(bytes);
  return found === digest ? { kind: 'patch', bytes } : tampered(found);
}

/** The tree that results if the patch is applied to a commit. Nothing is checked out. */
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
    return { kind: 'refused', problem: pathRefusal(error.stderr) ?? conflictOf(error.stderr) };
  }
}

/** Git refuses some names before there is a tree to judge. */
function pathRefusal(stderr: string): Problem | undefined {
  const invalid = /^error: invalid path '(.*)'$/m.exec(stderr)?.[1];
  const beyond = /^error: affected file '(.*)' is beyond a symbolic link$/m.exec(stderr)?.[1];
  const path = invalid ?? beyond;
  if (path === undefined) return undefined;
  const why = invalid === undefined ? 'it is behind a symbolic link' : pathFault(Buffer.from(path));
  return { kind: 'BAD_PATH', file: redact(showPath(path)), why: why ?? 'git does not allow a file of this name' };
}

function conflictOf(stderr: string): Problem {
  const message = stderr.trim().split('\n').slice(0, 5).map(showPath).join('; ');
  return { kind: 'PATCH_CONFLICT', message: redact(message).slice(0, 1_000) };
}

export interface Rules {
  /** The segment's file scope; empty if the issue names none. */
  readonly scope: readonly string[];
  readonly config: Pick<Config, 'protect' | 'unprotect' | 'agents' | 'gates' | 'instructions' | 'allowedSecrets'>;
  /** Values of this job that must not appear in a change. */
  readonly known?: Iterable<string>;
}

export interface Judgement {
  /** Changed paths, sorted and safe to show. */
  readonly files: readonly string[];
  /** The reasons why it may not be published; the most serious first. */
  readonly problems: readonly WorkProblem[];
  /** Files and lines that define gates, delete tests or switch checks off: a person has to look at them (R11.5). */
  readonly attention: readonly string[];
  /** Lines that a reviewer could misread: invisible characters, letters that look like others, very long lines. */
  readonly suspicious: readonly string[];
  /** The same, as annotations for the checks on the commit. */
  readonly remarks: { readonly attention: readonly Annotation[]; readonly suspicious: readonly Annotation[] };
  /** `may be kept` allows it on a branch for people to look at, even if it may not be published. */
  readonly keep: 'may be kept' | 'must not leave here';
}

interface EntryChange extends Omit<NamedChange, 'path'> {
  readonly was: string;
  readonly blob: string;
  readonly path: Buffer;
}

const ORDINARY: ReadonlySet<string> = new Set(['100644', '100755']);
const SUBMODULE = '160000';

/** Judges a whole tree against the commit that it started from. */
export async function judgeTree(store: Store, base: string, tree: string, rules: Rules): Promise<Judgement> {
  const { config, scope } = rules;
  const known = [...(rules.known ?? [])];
  const redacted = redactor(known);
  const show = (path: Buffer | string): string => redacted(showPath(path.toString('utf8')));
  const changes = parseChanges(
    await store.run(['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', `${base}^{tree}`, tree]),
  );
  const made = changes.filter(({ status }) => status !== 'D');
  const paths = changes.map(({ path }) => path.toString('utf8'));
  const files = paths.map(show).sort();
  const refused = (problems: readonly WorkProblem[]): Judgement => ({
    files,
    problems,
    attention: [],
    suspicious: [],
    remarks: { attention: [], suspicious: [] },
    keep: 'must not leave here',
  });

  const namesSecret = secretsInNames(known);
  const hard = [...changes.flatMap((change) => entryProblems(change, show(change.path), namesSecret))];
  const entries = parseTree(await store.run(['ls-tree', '-r', '-z', '--full-tree', base]));
  const before = entries.map(({ path }) => path);
  const linked = await linkedPlaces(store, entries, config);
  const locked = paths.filter(protectedBy(config, before, linked));
  if (locked.length > 0) hard.push({ kind: 'PROTECTED_PATH', files: locked.map(show) });
  if (hard.length > 0) return refused(hard);
  const sizes = await sizesOf(store, changes);
  const tooBig = byteLimitProblem(made, sizes);
  if (tooBig) return refused([tooBig]);

  const read = await readChanges(store, changes, sizes, { config, known, show });
  const weakened = await weakeningsOf(store, tree, read.texts, before, show);
  const secrets = config.gates.security?.off ? [] : read.secrets;
  const soft: WorkProblem[] = [...countLimitProblems(before.length, changes), ...read.problems];
  const added = made.filter(({ status }) => status === 'A').map(({ path }) => path.toString('utf8'));
  if (added.length > 0) {
    const all = split(await store.run(['ls-tree', '-r', '-z', '--name-only', '--full-tree', tree]));
    for (const { path, other } of findCollisions(added, all)) {
      const showName = path.normalize() === other.normalize() ? showLetters : show;
      soft.push({ kind: 'PATH_COLLISION', file: showName(path), with: showName(other) });
    }
  }
  const isInScope = scope.length === 0 || config.gates.scope?.off ? () => true : scopeMatcher(scope);
  const outside = paths.filter((path) => !isInScope(path));
  if (outside.length > 0) soft.push({ kind: 'OUT_OF_SCOPE', files: outside.map(show), scope });
  const named = changes.map(({ path, ...change }) => ({ ...change, path: path.toString('utf8') }));
  return {
    files,
    problems: [...secrets, ...soft],
    attention: [
      ...attentionOf(named, config).map(show),
      ...weakened.map(({ file, remark }) => sayRemark(file, remark)),
    ].sort(),
    suspicious: read.suspicious.map(({ file, remark }) => sayRemark(file, remark)),
    remarks: { attention: remarksOf(weakened), suspicious: remarksOf(read.suspicious) },
    keep: secrets.length > 0 ? 'must not leave here' : 'may be kept',
  };
}

/** Faults of an entry's mode and name, without regard to its content. */
function entryProblems(
  { path, status, modes }: EntryChange,
  shown: string,
  namesSecret: (path: string) => boolean,
): readonly WorkProblem[] {
  // Submodules need .gitmodules, which is protected.
  if (modes[0] === SUBMODULE) return [{ kind: 'FILE_MODE', file: shown, mode: SUBMODULE }];
  if (status === 'D') return [];
  // An old name is not this change's fault.
  const fault = status === 'A' ? pathFault(path) : undefined;
  if (fault !== undefined) return [{ kind: 'BAD_PATH', file: shown, why: fault }];
  if (status === 'A' && namesSecret(path.toString('utf8'))) {
    return [{ kind: 'SECRET_IN_PATCH', file: shown, rule: 'in the file name' }];
  }
  return ORDINARY.has(modes[1]) ? [] : [{ kind: 'FILE_MODE', file: shown, mode: modes[1] }];
}

const limit = (
  what: Extract<WorkProblem, { kind: 'PATCH_LIMIT' }>['what'],
  found: number,
  max: number,
): WorkProblem => ({
  kind: 'PATCH_LIMIT',
  what,
  found,
  limit: max,
});

/** `:100644 100644 <was> <blob> M\0path\0 …` */
function parseChanges(raw: Buffer): readonly EntryChange[] {
  const changes: EntryChange[] = [];
  for (let at = 0; at < raw.length; ) {
    const headEnd = raw.indexOf(0, at);
    const pathEnd = raw.indexOf(0, headEnd + 1);
    const [before = '', mode = '', was = '', blob = '', status = ''] = raw
      .toString('latin1', at + 1, headEnd)
      .split(' ');
    if (headEnd < 0 || pathEnd < 0 || !/^[AMDT]$/.test(status)) throw new Error('unexpected output of git diff-tree');
    const path = raw.subarray(headEnd + 1, pathEnd);
    changes.push({ modes: [before, mode], was, blob, status: status as EntryChange['status'], path });
    at = pathEnd + 1;
  }
  return changes;
}

/** What `git ls-tree -z` prints: mode, kind and digest, a tab, the path. */
const parseTree = (raw: Buffer): readonly TreeEntry[] =>
  split(raw).flatMap((line) => {
    const [, mode = '', oid = '', path = ''] = /^(\d+) \w+ (\w+)\t(.*)$/s.exec(line) ?? [];
    return path === '' ? [] : [{ path, oid: `${mode} ${oid}` }];
  });

/** The places in a tree that the links among its agents' files lead to. */
async function linkedPlaces(
  store: Store,
  tree: readonly TreeEntry[],
  { instructions }: Pick<Config, 'instructions'>,
): Promise<readonly string[]> {
  const from = Object.keys(agentFilesAmong(tree, instructions));
  const contents = new Map<string, string>();
  let followed = followLinks(tree, from, contents);
  while (followed.unread.length > 0) {
    for (const path of followed.unread) {
      const oid = tree.find((each) => each.path === path)?.oid.split(' ')[1] ?? '';
      contents.set(path, await store.text(['cat-file', 'blob', oid]));
    }
    followed = followLinks(tree, from, contents);
  }
  return followed.places;
}

const split = (raw: Buffer): readonly string[] =>
  raw
    .toString('utf8')
    .split('\0')
    .filter((each) => each !== '');

type Sizes = ReadonlyMap<string, number>;

/** Bytes by blob, old and new. */
async function sizesOf(store: Store, changes: readonly EntryChange[]): Promise<Sizes> {
  const ids = changes.flatMap(({ was, blob, status }) => [
    ...(status === 'D' ? [] : [blob]),
    ...(status === 'M' || status === 'D' ? [was] : []),
  ]);
  if (ids.length === 0) return new Map();
  const input = `${[...new Set(ids)].join('\n')}\n`;
  const listed = await store.text(['cat-file', '--batch-check=%(objectname) %(objectsize)'], { input });
  return new Map(listed.split('\n').map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]));
}

function countLimitProblems(before: number, changes: readonly EntryChange[]): readonly WorkProblem[] {
  const deleted = changes.filter(({ status }) => status === 'D').length;
  if (changes.length > LIMITS.files) return [limit('changed files', changes.length, LIMITS.files)];
  if (deleted > LIMITS.deletions) return [limit('deleted files', deleted, LIMITS.deletions)];
  return deleted < 2 || deleted < before ? [] : [limit('all files', deleted, before - 1)];
}

/** Larger files are not even read. */
function byteLimitProblem(made: readonly EntryChange[], sizes: Sizes): WorkProblem | undefined {
  const bytes = made.map(({ blob }) => sizes.get(blob) ?? 0);
  const biggest = Math.max(0, ...bytes);
  if (biggest > LIMITS.blobBytes) return limit('bytes in one file', biggest, LIMITS.blobBytes);
  const all = bytes.reduce((sum, each) => sum + each, 0);
  return all > LIMITS.readBytes ? limit('bytes in all changed files', all, LIMITS.readBytes) : undefined;
}

/** Git calls a blob binary if these first bytes contain a zero. */
const BINARY_CHECK_BYTES = 8_000;
const OLD_BLOB_BYTES = 8 * LIMITS.blobBytes;
const LFS = 'version https://git-lfs.github.com/spec/';

interface ReadChanges {
  readonly secrets: readonly WorkProblem[];
  /** Other forbidden content. */
  readonly problems: readonly WorkProblem[];
  readonly texts: readonly Change[];
  readonly suspicious: readonly FileRemark[];
}

interface FileRemark {
  readonly file: string;
  readonly remark: Remark;
}

const remarksOf = (doubted: readonly FileRemark[]): readonly Annotation[] =>
  doubted.flatMap(({ file, remark: { line, why } }) =>
    line === undefined ? [] : [{ file, line, message: `This ${why}.` }],
  );

interface Reading {
  readonly config: Rules['config'];
  readonly known: readonly string[];
  readonly show: (path: Buffer) => string;
}

async function readChanges(
  store: Store,
  changes: readonly EntryChange[],
  sizes: Sizes,
  { config, known, show }: Reading,
): Promise<ReadChanges> {
  // If the old version of a file is too big to read, all of its lines count as new.
  const blobs = await readBlobs(
    store,
    [...sizes].filter(([, size]) => size <= OLD_BLOB_BYTES).map(([id]) => id),
  );
  const secrets: WorkProblem[] = [];
  const problems: WorkProblem[] = [];
  const texts: Change[] = [];
  const suspicious: FileRemark[] = [];
  let lines = 0;
  for (const { path, blob, was, status } of changes) {
    const file = show(path);
    const old = status === 'A' ? '' : (blobs.get(was)?.toString('utf8') ?? '');
    if (status === 'D') {
      texts.push({ path: path.toString('utf8'), before: old, now: undefined, added: new Set() });
      continue;
    }
    const bytes = blobs.get(blob) ?? Buffer.alloc(0);
    const isBinary = bytes.subarray(0, BINARY_CHECK_BYTES).includes(0);
    if (isBinary) problems.push({ kind: 'BINARY_FILE', file });
    const content = bytes.toString(isBinary ? 'latin1' : 'utf8');
    const before = status === 'M' ? old : '';
    const added = addedLines(content, before);
    const scan = { file: path.toString('utf8'), content, added: (line: number) => added.has(line) };
    for (const found of await findSecrets({ ...scan, allowed: config.allowedSecrets, known })) {
      secrets.push({ kind: 'SECRET_IN_PATCH', ...found, file });
    }
    if (isBinary) continue;
    lines += added.size;
    if (content.startsWith(LFS)) problems.push({ kind: 'LFS_POINTER', file });
    const change = { path: path.toString('utf8'), before, now: content, added };
    texts.push(change);
    suspicious.push(...suspiciousIn(change).map((remark) => ({ file, remark })));
  }
  if (lines > LIMITS.addedLines) problems.push(limit('added lines', lines, LIMITS.addedLines));
  return { secrets, problems, texts, suspicious };
}

/** Tests are read up to these limits, to find their values in the code. */
const TEST_FILE_BYTES = 256 * 1024;
const TEST_BYTES = 8 * 1024 * 1024;

async function weakeningsOf(
  store: Store,
  tree: string,
  texts: readonly Change[],
  before: readonly string[],
  show: (path: string) => string,
): Promise<readonly FileRemark[]> {
  const made = texts.flatMap(({ now, ...change }) => (now === undefined ? [] : [{ ...change, now }]));
  const specials = specialCasesIn(made);
  const tests = specials.length === 0 ? [] : [...(await testsOf(store, tree)), ...testsInside(made)];
  return [...weakenedIn(texts, before), ...answersIn(specials, tests)].map(({ path, remark }) => ({
    file: show(path),
    remark,
  }));
}

/** The texts of a tree's test files. */
async function testsOf(store: Store, tree: string): Promise<readonly string[]> {
  const listed = await store.run(['ls-tree', '-r', '-l', '-z', '--full-tree', tree]);
  const ids = new Set<string>();
  let left = TEST_BYTES;
  for (const line of listed.toString('utf8').split('\0')) {
    const [, id = '', size = '', path = ''] = /^100\d+ blob (\w+) +(\d+)\t(.*)$/s.exec(line) ?? [];
    if (id === '' || Number(size) > Math.min(left, TEST_FILE_BYTES) || !isTestFile(path)) continue;
    left -= Number(size);
    ids.add(id);
  }
  const blobs = await readBlobs(store, [...ids]);
  return [...blobs.values()].map((bytes) => bytes.toString('utf8'));
}

/** Lines (1-based) of the new text that the old one does not have, or has less often. Their order does not matter. */
export function addedLines(now: string, before: string): ReadonlySet<number> {
  const old = new Map<string, number>();
  for (const line of before.split('\n')) old.set(line, (old.get(line) ?? 0) + 1);
  const added = new Set<number>();
  for (const [index, line] of now.split('\n').entries()) {
    const left = old.get(line) ?? 0;
    if (left > 0) old.set(line, left - 1);
    else added.add(index + 1);
  }
  return added;
}

/** Contents by id. */
export async function readBlobs(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
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
