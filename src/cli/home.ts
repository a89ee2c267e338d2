/** Where swarm's own files are: this program runs from `src/` in a checkout and, bundled, from below `dist/`. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The folder with package.json, action.yml, dist and examples: the nearest one above this file that has an action.yml. */
export const ROOT = rootAbove(import.meta.dirname);

/** The app as a program of its own, in the form that this one has. */
export const APP_PROGRAM = import.meta.filename.endsWith('.ts')
  ? join(ROOT, 'src', 'app', 'main.ts')
  : join(ROOT, 'dist', 'app.js');

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'action.yml'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error(`Swarm's own files are not above ${import.meta.dirname}.`);
  return rootAbove(above);
}

export async function readOwnVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}
