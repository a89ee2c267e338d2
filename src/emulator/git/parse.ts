/** Parsers for git's objects (commits, tags, trees) and for the output of its comparisons. */

import { ZERO_OID } from '#emulator/model/records';
import type { ChangedFile, Commit, Signature, Tag, TreeEntry } from './types.ts';

/** Commits and annotated tags have the same format: header lines, an empty line, a message. */
function parseHeaded(bytes: Buffer): { readonly all: (name: string) => readonly string[]; readonly message: string } {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\n\n');
  const lines = (end < 0 ? text : text.slice(0, end)).split('\n');
  return {
    all: (name) => lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1)),
    message: end < 0 ? '' : text.slice(end + 2),
  };
}

export function parseCommit(oid: string, bytes: Buffer): Commit {
  const { all, message } = parseHeaded(bytes);
  // In a header of several lines, each line but the first begins with a space.
  const signed = /^gpgsig (.*(?:\n .*)*)\n/m.exec(bytes.toString('utf8', 0, Math.max(0, bytes.indexOf('\n\n')) + 1));
  return {
    oid,
    tree: all('tree')[0] ?? '',
    parents: all('parent'),
    message,
    author: parseSignature(all('author')[0] ?? ''),
    committer: parseSignature(all('committer')[0] ?? ''),
    ...(signed && {
      signed: {
        signature: (signed[1] ?? '').replaceAll('\n ', '\n'),
        payload: bytes.toString('utf8').replace(signed[0], ''),
      },
    }),
  };
}

export function parseTag(bytes: Buffer): Tag {
  const { all, message } = parseHeaded(bytes);
  return { name: all('tag')[0] ?? '', target: all('object')[0] ?? '', message };
}

/** A tree object is a sequence of `<mode> <name>\0<20 bytes>`. It has no sizes. */
export function parseTree(bytes: Buffer): readonly Omit<TreeEntry, 'size'>[] {
  const entries: Omit<TreeEntry, 'size'>[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const zero = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', at, space).padStart(6, '0');
    const oid = bytes.toString('hex', zero + 1, zero + 21);
    const kind = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
    entries.push({ path: bytes.toString('utf8', space + 1, zero), mode, kind, oid });
    at = zero + 21;
  }
  return entries;
}

function parseSignature(line: string): Signature {
  const found = /^(.*?) ?<([^>]*)> (\d+) [+-]\d{4}$/.exec(line);
  const seconds = Number(found?.[3] ?? 0);
  const date = new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return { name: found?.[1] ?? '', email: found?.[2] ?? '', date };
}

const STATUSES: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

export const statusOf = (letter: string): ChangedFile['status'] => STATUSES[letter.charAt(0)] ?? 'modified';

export function parseRaw(text: string): readonly Omit<ChangedFile, 'additions' | 'deletions' | 'patch'>[] {
  const parts = text.split('\0');
  const files: Omit<ChangedFile, 'additions' | 'deletions' | 'patch'>[] = [];
  for (let at = 0; at < parts.length; ) {
    const found = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(parts[at] ?? '');
    if (!found) break;
    const status = statusOf(found[3] ?? 'M');
    const oid = (status === 'removed' ? found[1] : found[2]) ?? ZERO_OID;
    const moved = status === 'renamed' || status === 'copied';
    const path = parts[at + (moved ? 2 : 1)] ?? '';
    files.push({ path, status, oid, ...(moved ? { previousPath: parts[at + 1] ?? '' } : {}) });
    at += moved ? 3 : 2;
  }
  return files;
}

export function parseNumstat(text: string): readonly { additions: number; deletions: number; binary: boolean }[] {
  const parts = text.split('\0');
  const counts: { additions: number; deletions: number; binary: boolean }[] = [];
  for (let at = 0; at < parts.length; ) {
    const found = /^(\d+|-)\t(\d+|-)\t([\s\S]*)$/.exec(parts[at] ?? '');
    if (!found) break;
    counts.push({ additions: Number(found[1]) || 0, deletions: Number(found[2]) || 0, binary: found[1] === '-' });
    // For a rename the path is empty, and both paths follow.
    at += found[3] === '' ? 3 : 1;
  }
  return counts;
}

/** The hunks of each file in a patch, in the order of the files. */
export function splitPatch(text: string): readonly string[] {
  return text
    .split(/^diff --git .*$/m)
    .slice(1)
    .map((part) => {
      const start = part.search(/^@@ /m);
      return start < 0 ? '' : part.slice(start).replace(/\n$/, '');
    });
}
