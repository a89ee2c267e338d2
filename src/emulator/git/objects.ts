/**
 * Writes objects in git's format without starting a process: loose files in `objects/`, named by their SHA-1.
 *
 * Half of the emulator's work is writing small objects, and a process costs a hundred times as much as a file. Only
 * simple cases are handled here. Git itself handles the ones it might refuse (odd names, a directory in place of a file).
 * @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { EMPTY_TREE, type NewCommit, type ObjectKind, type Signature, type TreeEdit, type TreeEntry } from './types.ts';

export function storeObject(dir: string, kind: ObjectKind, content: Buffer): string {
  const whole = Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content]);
  const oid = createHash('sha1').update(whole).digest('hex');
  const folder = join(dir, 'objects', oid.slice(0, 2));
  const path = join(folder, oid.slice(2));
  if (existsSync(path)) return oid;
  mkdirSync(folder, { recursive: true });
  // Renamed into place, so that a concurrent reader never sees half an object.
  const draft = join(folder, `tmp_obj_${randomUUID()}`);
  writeFileSync(draft, deflateSync(whole, { level: 1 }), { mode: 0o444 });
  renameSync(draft, path);
  return oid;
}

/** The bytes of a commit, or undefined if its text or dates are not simple and git must write it. */
export function commitBytes({ tree, parents, message, author, committer, sign }: NewCommit): Buffer | undefined {
  const [by, through] = [identity(author), identity(committer)];
  if (!by || !through || message.includes('\0')) return undefined;
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${by}`,
    `committer ${through}`,
  ];
  const payload = Buffer.from(`${lines.join('\n')}\n\n${message}`);
  if (!sign) return payload;
  const signature = sign(payload).split('\n').join('\n ');
  return Buffer.from(`${[...lines, `gpgsig ${signature}`].join('\n')}\n\n${message}`);
}

function identity({ name, email, date }: Signature): string | undefined {
  const seconds = Date.parse(date) / 1000;
  const isPlain = /^[^\s<>\n\0.,:;"'\\][^<>\n\0]*[^\s<>\n\0.,:;"'\\]$/.test(name) && /^[^\s<>\n\0]+$/.test(email);
  if (!isPlain || !/^\d{4}-\d{2}-\d{2}T[\d:]{8}(?:\.\d+)?Z$/.test(date) || !Number.isFinite(seconds)) return undefined;
  return `${name} <${email}> ${Math.floor(seconds)} +0000`;
}

/** Names that need none of git's checks: nothing like `.git`, and nothing that a file system might treat as equal. */
const PLAIN_NAME = /^(?:\.github|(?!\.+$)(?!\.git)[\w.+@-]+)$/i;
const PLAIN_MODES: ReadonlySet<string> = new Set(['100644', '100755', '120000']);

/** The edits in one directory. */
interface DirectoryEdits {
  readonly files: Map<string, TreeEdit>;
  readonly below: Map<string, DirectoryEdits>;
}

/**
 * Writes the tree that results from edits to another tree. Undefined if git must do it.
 * @param read returns the entries of a stored tree, without its subtrees' entries.
 */
export async function editTree(
  dir: string,
  base: string | null,
  edits: readonly TreeEdit[],
  read: (tree: string) => Promise<readonly TreeEntry[]>,
): Promise<string | undefined> {
  const root: DirectoryEdits = { files: new Map(), below: new Map() };
  for (const edit of edits) {
    const names = edit.path.split('/');
    const last = names.pop();
    if (last === undefined || ![...names, last].every((name) => PLAIN_NAME.test(name))) return undefined;
    if (edit.oid !== null && !PLAIN_MODES.has(edit.mode)) return undefined;
    let directory = root;
    for (const name of names) {
      const inside = directory.below.get(name) ?? { files: new Map(), below: new Map() };
      directory.below.set(name, inside);
      directory = inside;
    }
    directory.files.set(last, edit);
  }
  return writeDirectory(dir, base, root, read);
}

async function writeDirectory(
  dir: string,
  base: string | null,
  directory: DirectoryEdits,
  read: (tree: string) => Promise<readonly TreeEntry[]>,
): Promise<string | undefined> {
  const entries = new Map((base === null ? [] : await read(base)).map((entry) => [entry.path, entry]));
  for (const [name, { mode, oid }] of directory.files) {
    if (entries.get(name)?.kind === 'tree' || directory.below.has(name)) return undefined;
    if (oid === null) entries.delete(name);
    else entries.set(name, { path: name, mode, kind: 'blob', oid });
  }
  for (const [name, inside] of directory.below) {
    const known = entries.get(name);
    if (known && known.kind !== 'tree') return undefined;
    const oid = await writeDirectory(dir, known?.oid ?? null, inside, read);
    if (oid === undefined) return undefined;
    if (oid === EMPTY_TREE) entries.delete(name);
    else entries.set(name, { path: name, mode: '040000', kind: 'tree', oid });
  }
  return storeObject(dir, 'tree', treeBytes([...entries.values()]));
}

/** Git sorts entries byte by byte, and directories as if their names ended with a slash. */
function treeBytes(entries: readonly TreeEntry[]): Buffer {
  const keyed = entries.map((entry) => ({
    entry,
    key: Buffer.from(entry.kind === 'tree' ? `${entry.path}/` : entry.path),
  }));
  keyed.sort((a, b) => Buffer.compare(a.key, b.key));
  return Buffer.concat(
    keyed.flatMap(({ entry }) => [
      Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.path}\0`),
      Buffer.from(entry.oid, 'hex'),
    ]),
  );
}
