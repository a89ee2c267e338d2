/**
 * Opens a file below a directory without ever leaving it, although another program renames and links in there meanwhile.
 *
 * A path that was checked may lead elsewhere when it is opened. So no path is opened: each directory is opened from the one
 * above it, and no link is followed. `/proc/self/fd/N/name` is what `openat` is elsewhere, which Node does not offer.
 */
import { constants, existsSync } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join, sep } from 'node:path';

const { O_CREAT, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;
const FLAGS = { read: O_RDONLY, write: O_WRONLY | O_CREAT } as const;

/** An open directory with the path that it was found at. */
interface Directory {
  readonly handle: FileHandle;
  readonly path: string;
}

/** Only Linux has these. Elsewhere a path can still be swapped, though not for a link in its last place. */
const HAS_HANDLES = existsSync('/proc/self/fd');

const below = ({ handle, path }: Directory, name: string): string =>
  HAS_HANDLES ? `/proc/self/fd/${handle.fd}/${name}` : join(path, name);

/**
 * Opens a regular file. To write, it and the directories above it are made, and it keeps its content until it is written.
 *
 * @param root a real path.
 * @param inside the path below it, without links: what is a link now was swapped for one, and is refused by the system.
 */
export async function openInside(root: string, inside: string, purpose: keyof typeof FLAGS): Promise<FileHandle> {
  const names = inside.split(sep).filter((name) => name !== '' && name !== '.');
  if (names.includes('..')) throw new Error(`${inside} leads out of its directory`);
  const name = names.pop();
  let here: Directory = { handle: await open(root, O_RDONLY | O_DIRECTORY), path: root };
  try {
    for (const each of names) {
      const handle = await enter(here, each, purpose);
      await here.handle.close();
      here = { handle, path: join(here.path, each) };
    }
    const file = await open(
      name === undefined ? root : below(here, name),
      FLAGS[name === undefined ? 'read' : purpose] | O_NOFOLLOW | O_NONBLOCK,
      0o644,
    );
    if ((await file.stat()).isFile()) return file;
    await file.close();
    throw new Error('it is not a regular file');
  } finally {
    await here.handle.close();
  }
}

async function enter(above: Directory, name: string, purpose: keyof typeof FLAGS): Promise<FileHandle> {
  const path = below(above, name);
  if (purpose === 'write') {
    await mkdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}
