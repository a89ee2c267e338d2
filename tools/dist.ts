/**
 * Bundles the three doors.
 *
 * `dist/` is committed and holds only the action: GitHub runs an action as it is committed, without an install. Building it
 * again gives the same bytes. `--check` fails if it does not, so the code that runs is the code that can be read here.
 * The app and the CLI are built for a release, into `build/`, which git ignores. `--check` bundles them too, to find a
 * module that would be missing at run time.
 *
 *     npm run dist               the action
 *     npm run dist -- app cli    the app and the CLI
 */

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputChunk, rolldown } from 'rolldown';
import { type BundledPackage, licensesFile, packagesIn } from './licenses.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const build = join(root, 'build');

interface Door {
  readonly name: string;
  readonly entry: string;
}

export const ACTION: Door = { name: 'action', entry: 'src/action/main.ts' };
export const RELEASED: readonly Door[] = [
  { name: 'app', entry: 'src/app/main.ts' },
  { name: 'cli', entry: 'src/cli/main.ts' },
];

export interface Built {
  /** The bundles and their licences, by file name. */
  readonly files: ReadonlyMap<string, string>;
  /** Names of the modules that they have code of. */
  readonly modules: ReadonlySet<string>;
  readonly packages: readonly BundledPackage[];
}

/** The bundles of these doors. Their licences go with them. */
export const bundled = async (doors: readonly Door[]): Promise<Built> => {
  const files = new Map<string, string>();
  const modules = new Set<string>();
  for (const door of doors) {
    for (const chunk of await bundle(door)) {
      files.set(chunk.fileName, chunk.code);
      for (const id of chunk.moduleIds) modules.add(id);
    }
  }
  const packages = packagesIn(root, modules);
  files.set('licenses.txt', licensesFile(packages));
  for (const [name, text] of files) {
    if (text.includes(root)) throw new Error(`The bundle's file ${name} contains a path of this machine.`);
  }
  return { files, modules, packages };
};

export const builtFiles = async (doors: readonly Door[] = [ACTION]): Promise<ReadonlyMap<string, string>> =>
  (await bundled(doors)).files;

/** The files that a bundle's file loads when it starts, including itself. */
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

const bundle = async ({ name, entry }: Door): Promise<readonly OutputChunk[]> => {
  const bundler = await rolldown({
    input: { [name]: join(root, entry) },
    cwd: root,
    platform: 'node',
    // We cannot act on warnings about the packages we bundle. Errors are thrown.
    logLevel: 'silent',
  });
  try {
    const { output } = await bundler.generate({
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: `${name}/[name]-[hash].js`,
      minify: false,
      comments: { legal: false, annotation: false },
    });
    const chunks: OutputChunk[] = [];
    for (const piece of output) {
      if (piece.type !== 'chunk') throw new Error(`${name} bundles ${piece.fileName}, which is not JavaScript`);
      chunks.push(piece);
    }
    const inside = new Set(chunks.map(({ fileName }) => fileName));
    for (const { fileName, imports, dynamicImports } of chunks) {
      // The bundler leaves a module that it cannot find for run time, when nothing is installed.
      const missing = [...imports, ...dynamicImports].find((module) => !inside.has(module) && !isBuiltin(module));
      if (missing !== undefined) throw new Error(`${fileName} needs ${missing}, which is not bundled.`);
    }
    return chunks;
  } finally {
    await bundler.close();
  }
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

/** Names in `dist/` that are missing, left over, or different from the bundle of the sources. */
export const staleDist = async (built: ReadonlyMap<string, string>): Promise<string[]> => {
  const committed = await committedFiles();
  const names = new Set([...built.keys(), ...committed.keys()]);
  return [...names].filter((name) => built.get(name) !== committed.get(name)).sort();
};

const writeFiles = async (folder: string, files: ReadonlyMap<string, string>): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const size = [...files.values()].reduce((sum, text) => sum + text.length, 0);
  console.log(`${relative(root, folder)}/: ${files.size} files, ${(size / 1_000_000).toFixed(1)} MB`);
};

const main = async (words: readonly string[]): Promise<void> => {
  if (words.includes('--check')) {
    const stale = await staleDist(await builtFiles());
    await builtFiles(RELEASED);
    if (stale.length > 0) {
      console.error(`dist/ is stale: ${stale.join(', ')}. Run \`npm run dist\` to rebuild it.`);
      process.exitCode = 1;
    }
    return;
  }
  const names = words.length === 0 ? [ACTION.name] : words;
  const doors = [ACTION, ...RELEASED];
  const unknown = names.filter((name) => !doors.some((door) => door.name === name));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(', ')}. Available: ${doors.map(({ name }) => name).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  if (names.includes(ACTION.name)) await writeFiles(dist, await builtFiles());
  const released = RELEASED.filter(({ name }) => names.includes(name));
  if (released.length > 0) await writeFiles(build, await builtFiles(released));
};

if (import.meta.main) await main(process.argv.slice(2));
