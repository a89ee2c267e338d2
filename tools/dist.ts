/**
 * Bundles the three doors: `dist/action.js`, `dist/app.js`, `dist/cli.js`. GitHub runs an action as it is committed,
 * without an install, so `dist/` is in the repository; building it again gives the same bytes, and `--check` fails when
 * it does not, so that what runs is what can be read here.
 *
 *     npm run dist               all of them
 *     npm run dist -- action     this door alone, while another one is being rebuilt
 */

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputChunk, rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

const DOORS = [
  { name: 'action', entry: 'src/action/main.ts' },
  { name: 'app', entry: 'src/app/main.ts' },
  { name: 'cli', entry: 'src/cli/main.ts' },
] as const;

/** The files of `dist/` by their name, as the sources give them now. */
export const builtFiles = async (only: readonly string[] = []): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  const modules = new Set<string>();
  for (const door of DOORS) {
    if (!existsSync(join(root, door.entry)) || (only.length > 0 && !only.includes(door.name))) continue;
    for (const chunk of await bundle(door)) {
      files.set(chunk.fileName, chunk.code);
      for (const id of chunk.moduleIds) modules.add(id);
    }
  }
  if (files.size > 0 && only.length === 0) files.set('licenses.txt', await licensesOf(modules));
  for (const [name, text] of files) {
    if (text.includes(root)) throw new Error(`dist/${name} holds the path of this machine`);
  }
  return files;
};

/** What a file of `dist/` needs before it runs, itself included. */
export function loadedBy(
  files: ReadonlyMap<string, string>,
  name: string,
  seen = new Set<string>(),
): ReadonlySet<string> {
  const code = files.get(name);
  if (code === undefined || seen.has(name)) return seen;
  seen.add(name);
  for (const [, of = ''] of code.matchAll(/^(?:import|export)\b[^'"\n]*["'](\.[^"']+)["'];/gm)) {
    loadedBy(files, join(dirname(name), of), seen);
  }
  return seen;
}

const bundle = async ({ name, entry }: (typeof DOORS)[number]): Promise<readonly OutputChunk[]> => {
  const build = await rolldown({
    input: { [name]: join(root, entry) },
    cwd: root,
    platform: 'node',
    // Warnings of bundled packages about themselves are not ours to act on; errors are thrown.
    logLevel: 'silent',
  });
  try {
    const { output } = await build.generate({
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: `${name}/[name]-[hash].js`,
      minify: false,
      comments: { legal: false, annotation: false },
    });
    const chunks: OutputChunk[] = [];
    for (const piece of output) {
      if (piece.type !== 'chunk') throw new Error(`${name} bundles ${piece.fileName}, which is no JavaScript`);
      chunks.push(piece);
    }
    const inside = new Set(chunks.map(({ fileName }) => fileName));
    for (const { fileName, imports, dynamicImports } of chunks) {
      // What the bundler cannot find it leaves for run time, where nothing is installed.
      const left = [...imports, ...dynamicImports].find((module) => !inside.has(module) && !isBuiltin(module));
      if (left !== undefined) throw new Error(`dist/${fileName} would need ${left} to be installed`);
    }
    return chunks;
  } finally {
    await build.close();
  }
};

/** The licences of what is bundled, as they ask to be passed on. */
const licensesOf = async (modules: ReadonlySet<string>): Promise<string> => {
  const packages = new Set<string>();
  for (const id of modules) {
    const path = relative(root, id).split(sep);
    const at = path.lastIndexOf('node_modules');
    const name = path[at + 1];
    if (at < 0 || name === undefined) continue;
    packages.add(path.slice(0, at + (name.startsWith('@') ? 3 : 2)).join('/'));
  }
  const texts: string[] = [];
  for (const path of [...packages].sort()) {
    const about: { name: string; version: string; license?: string } = JSON.parse(
      await readFile(join(root, path, 'package.json'), 'utf8'),
    );
    const file = (await readdir(join(root, path))).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : `\n${(await readFile(join(root, path, file), 'utf8')).trim()}\n`;
    texts.push(`${about.name} ${about.version} (${about.license ?? 'see its page'})\n${text}`);
  }
  return `${texts.join(`\n${'-'.repeat(80)}\n`).replaceAll('\r\n', '\n')}`;
};

export const committedFiles = async (): Promise<ReadonlyMap<string, string>> => {
  if (!existsSync(dist)) return new Map();
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(dist, path).split(sep).join('/'), await readFile(path, 'utf8'));
  }
  return files;
};

/** Names in `dist/` that differ from what the sources give, are missing, or are left over. */
export const staleDist = async (built: ReadonlyMap<string, string>): Promise<string[]> => {
  const committed = await committedFiles();
  const names = new Set([...built.keys(), ...committed.keys()]);
  return [...names].filter((name) => built.get(name) !== committed.get(name)).sort();
};

if (import.meta.main) {
  const only = process.argv.slice(2).filter((word) => DOORS.some(({ name }) => name === word));
  const built = await builtFiles(only);
  const stale = (await staleDist(built)).filter((name) => only.length === 0 || built.has(name));
  if (process.argv.includes('--check')) {
    if (stale.length > 0) {
      console.error(`dist/ is stale: ${stale.join(', ')}. \`npm run dist\` builds it anew.`);
      process.exitCode = 1;
    }
  } else {
    const old = only.length === 0 ? [dist] : only.map((name) => join(dist, name));
    for (const path of old) await rm(path, { recursive: true, force: true });
    for (const [name, text] of built) {
      await mkdir(dirname(join(dist, name)), { recursive: true });
      await writeFile(join(dist, name), text);
    }
    const size = [...built.values()].reduce((sum, text) => sum + text.length, 0);
    console.log(`dist/: ${built.size} files, ${(size / 1_000_000).toFixed(1)} MB; ${stale.length} changed`);
  }
}
