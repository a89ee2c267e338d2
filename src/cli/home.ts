/** Locates swarm's own files. This program runs from `src/` in a checkout and, once bundled, from `build/`. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The folder with package.json, action.yml, dist and examples: the nearest one above this file with an action.yml. */
export const ROOT = rootAbove(import.meta.dirname);

/** The app's program: its source if this program runs from source, otherwise its bundle. */
export const APP_PROGRAM = import.meta.filename.endsWith('.ts')
  ? join(ROOT, 'src', 'app', 'main.ts')
  : join(ROOT, 'build', 'app.js');

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'action.yml'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error(`No folder above ${import.meta.dirname} contains swarm's own files.`);
  return rootAbove(above);
}

export async function readOwnVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}
