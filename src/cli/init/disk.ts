/** The working tree that `swarm init` writes to. It follows no links, so nothing outside of the tree is read or written. */
import { lstat, mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault, messageOf } from '#words/fault';
import { shownPath } from '../terminal.ts';

/** @returns undefined if there is no such file. Throws a `Fault` if something else is in its place. */
export async function readInside(root: string, path: string): Promise<string | undefined> {
  const parts = path.split('/');
  for (const [at] of parts.entries()) {
    const full = join(root, ...parts.slice(0, at + 1));
    const found = await lstat(full).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw unreadable(full, error);
    });
    if (!found) return undefined;
    const isLast = at === parts.length - 1;
    if (isLast ? !found.isFile() : !found.isDirectory()) {
      const kind = found.isSymbolicLink() ? 'a symbolic link' : isLast ? 'not a file' : 'not a folder';
      throw new Fault(
        `${shownPath(full)} is ${kind}.`,
        `GitHub reads ${path} as a plain file of the repository.`,
        `Move ${shownPath(full)} away, and run this again.`,
      );
    }
  }
  const full = join(root, path);
  return readFile(full, 'utf8').catch((error: unknown) => {
    throw unreadable(full, error);
  });
}

const unreadable = (path: string, error: unknown): Fault =>
  new Fault(`${shownPath(path)} cannot be read.`, messageOf(error), 'Change its permissions, and run this again.');

/** @param isNew a file that appeared in the meantime is not replaced. */
export async function writeInside(root: string, path: string, text: string, isNew: boolean): Promise<void> {
  const full = join(root, path);
  try {
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text, { flag: isNew ? 'wx' : 'w' });
  } catch (error) {
    throw new Fault(
      `${shownPath(full)} cannot be written.`,
      messageOf(error),
      'Fix that, and run this again. Files that are written already stay.',
    );
  }
}

/** Also removes folders that are empty then. */
export async function removeInside(root: string, path: string): Promise<void> {
  await rm(join(root, path)).catch((error: unknown) => {
    throw new Fault(`${shownPath(join(root, path))} cannot be removed.`, messageOf(error), 'Remove it by hand.');
  });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const isRemoved = await rmdir(join(root, folder)).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
}
