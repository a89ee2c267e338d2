/**
 * Refs as the files that they are: read and listed, loose ones before packed ones as git does, and moved under a lock.
 *
 * Questions cost no process. Only plain moves are made here; whatever git might refuse or judge (odd names, packed refs,
 * directories in place of files) is left to git.
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

/** The object a full ref name points at, or null. Reads the files: loose first, packed after, as git does. */
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

/** Refs whose full name begins with this, sorted by name. */
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

/** A ref that cannot be anything but a ref, also on a file system that folds case. */
const PLAIN_REF = /^refs(?:\/[A-Za-z0-9_][\w-]*){2,}$/;

/**
 * Moves one ref from where its mover believes it to be; its new object must be known to be there. Undefined where git
 * had better do it: odd names, packed refs, a lock that somebody holds, a ref in the way of another one's directory.
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
    // A directory stands in its place.
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

/** An empty folder would be in the way of a ref of its name. `refs/heads` and its like stay. */
function dropEmptyFolders(dir: string, folder: string): void {
  for (let at = folder; at.split('/').length > 2; at = dirname(at)) {
    try {
      rmdirSync(join(dir, at));
    } catch {
      // Not empty, or made use of again.
      return;
    }
  }
}
