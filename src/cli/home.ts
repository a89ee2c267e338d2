/** Where swarm's own files are: this program runs from `src/` in a checkout and from `dist/` as it is shipped. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const here = import.meta.dirname;
const fromSource = basename(dirname(here)) === 'src';

/** The folder with package.json, action.yml, dist and examples. */
export const ROOT = fromSource ? dirname(dirname(here)) : dirname(here);

/** The app as a program of its own. */
export const APP_PROGRAM = fromSource ? join(ROOT, 'src', 'app', 'main.ts') : join(ROOT, 'dist', 'app.js');

export async function readOwnVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}
