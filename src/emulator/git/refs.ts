/**
 * Reads, lists and moves refs as files, without starting a process. As in git, loose refs win over packed ones, and a
 * move takes a lock.
 *
 * Only simple moves are made here. Git itself handles the ones it might refuse (odd names, packed refs, a directory in
 * place of a file).
 * @see https://git-scm.com/docs/api-lockfile for the lock that a ref is moved under
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { RefMove } from './types.ts';

/** The object that a full ref name points at, or null. */
export function readRef(dir: string, name: string): string | null {
  if (!/^(HEAD|refs\/[^\0]+)$/.test(name) || name.split('/').some((part) => part === '..' || part === '')) return null;
  const at = loose(dir, name);
  if (at === undefined) return packed(dir).get(name) ?? null;
  if (!at.startsWith('ref: ')) return at;
  return readRef(dir, at.slice('ref: '.length));
}

function loose(dir: string, name: string): string | undefined {
  try {
    return readFileSync(join(dir, name), 'utf8').trim() || undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

function packed(dir: string): ReadonlyMap<string, string> {
  const refs = new Map<string, string>();
  let text: string;
  try {
    text = readFileSync(join(dir, 'packed-refs'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return refs;
    throw error;
  }
  for (const line of text.split('\n')) {
    const found = /^([0-9a-f]{40,64}) (\S+)$/.exec(line);
    if (found?.[1] && found[2]) refs.set(found[2], found[1]);
  }
  return refs;
}

/** The refs under a prefix of their full names, sorted by name. */
export function listRefs(dir: string, prefix: string): readonly { readonly name: string; readonly oid: string }[] {
  const found = new Map([...packed(dir)].filter(([name]) => name.startsWith(prefix)));
  const walk = (directory: string): void => {
    const path = join(dir, directory);
    if (!existsSync(path) || !statSync(path).isDirectory()) return;
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const name = `${directory}/${entry.name}`;
      if (entry.isDirectory()) {
        if (name.startsWith(prefix) || prefix.startsWith(`${name}/`)) walk(name);
      } else if (name.startsWith(prefix) && !name.endsWith('.lock')) {
        const oid = loose(dir, name);
        if (oid && !oid.startsWith('ref: ')) found.set(name, oid);
      }
    }
  };
  walk('refs');
  return [...found].map(([name, oid]) => ({ name, oid })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names that are safe as file names, even on a case-insensitive file system. */
const PLAIN_REF = /^refs(?:\/[A-Za-z0-9_][\w-]*){2,}$/;

/**
 * Moves one ref if its value is `before`. The caller has checked that the new object exists. Undefined if git must do
 * it: odd names, packed refs, a lock that is held, or a ref where a directory is needed.
 */
export function moveRef(dir: string, { name, before, after }: RefMove): 'moved' | 'elsewhere' | undefined {
  if (!PLAIN_REF.test(name) || existsSync(join(dir, 'packed-refs'))) return undefined;
  const path = join(dir, name);
  const lock = `${path}.lock`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(lock, after === null ? '' : `${after}\n`, { flag: 'wx' });
  } catch {
    return undefined;
  }
  try {
    if (read(path) !== before) return 'elsewhere';
    if (after !== null) renameSync(lock, path);
    else rmSync(path);
    return 'moved';
  } catch (error) {
    // A directory has the name of the ref.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR' || code === 'ENOTEMPTY' || code === 'EEXIST') return undefined;
    throw error;
  } finally {
    rmSync(lock, { force: true });
    if (after === null) dropEmptyFolders(dir, dirname(name));
  }

  function read(file: string): string | null {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }
}

/** Removes folders that have become empty, so that a ref can have their name. `refs/heads` and the like stay. */
function dropEmptyFolders(dir: string, folder: string): void {
  for (let at = folder; at.split('/').length > 2; at = dirname(at)) {
    try {
      rmdirSync(join(dir, at));
    } catch {
      // The folder is not empty, or no longer so.
      return;
    }
  }
}
