/**
 * Builds everything that a release consists of, from this checkout. The same commit gives the same bytes, whatever the
 * folder, the clock, the time zone and the umask: `npm run reproduce` builds twice and compares.
 *
 *     npm run release -- build --to DIR [--tag v1.2.3]
 *     npm run release -- workflows --to DIR [--app] [--commit SHA --version 1.2.3]
 *
 * `build` writes into DIR/assets the four workflows with this commit as their action, the npm package, its bill of
 * materials and the checksums of these, and into DIR/notes.md the release's part of the changelog. It fails if `dist/` is
 * not what its sources make, or if the tag is not the version's. `workflows` writes only the workflows, for this commit or
 * another; with `--app`, only those that a repository with the app needs.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ALL_WORKFLOWS, pinned, type Release, WORKFLOWS } from '../src/core/text/pin.ts';
import { ACTION, type Built, bundled, RELEASED, staleDist } from './dist.ts';
import type { BundledPackage } from './licenses.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The name in the npm registry; `swarm` alone is another project's. */
const PACKAGE = '@swarm-engineering/swarm';
const REPOSITORY = 'https://github.com/swarm-engineering/swarm';
/** What the package has besides its bundles. The CLI finds its own files in it as in a checkout. */
const COPIED = [
  'action.yml',
  'app.yml',
  'examples',
  '.github/ISSUE_TEMPLATE/segment.yml',
  'swarm.schema.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
] as const;

interface Manifest {
  readonly version: string;
  readonly [key: string]: unknown;
}

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

interface Bom {
  readonly metadata: { readonly component: Component; readonly [key: string]: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly [key: string]: unknown;
}

const ownManifest = (): Manifest => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

/** The workflows as a person installs them, by file name. */
export function releasedWorkflows(
  release: Release,
  names: readonly string[] = ALL_WORKFLOWS,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const name of names) {
    const text = pinned(readFileSync(join(root, '.github/workflows', name), 'utf8'), release);
    if (text === undefined) throw new Error(`${release.commit} ${release.version} is not a full commit and a version.`);
    files.set(name, text);
  }
  return files;
}

/** A version's part of the changelog. Throws if it has none. */
export function notesOf(changelog: string, version: string): string {
  const [, ...parts] = changelog.split(/^## /m);
  const part = parts.find((each) => each.startsWith(`${version}\n`) || each.startsWith(`${version} `));
  const notes = part?.slice(part.indexOf('\n')).trim();
  if (notes === undefined || notes === '') throw new Error(`CHANGELOG.md says nothing about ${version}.`);
  return `${notes}\n`;
}

/**
 * npm's bill of materials, cut down to the packages that the bundles have code of. npm names a random serial number, the
 * time, and the folder; here they come from the commit.
 */
export function billOfMaterials(
  bom: Bom,
  packages: readonly BundledPackage[],
  { commit, version, date }: Release & { readonly date: string },
): Bom {
  const inside = new Set(packages.map(({ name, version: of }) => `${name}@${of}`));
  const kept = new Map<string, Component>();
  for (const component of bom.components) {
    const id = `${component.name}@${component.version}`;
    if (!inside.has(id)) continue;
    const properties = component.properties?.filter(({ name }) => name !== 'cdx:npm:package:development') ?? [];
    kept.set(id, { ...component, 'bom-ref': id, properties, ...{ scope: 'required' } });
  }
  const missing = [...inside].filter((id) => !kept.has(id));
  if (missing.length > 0) throw new Error(`The lock file does not list ${missing.join(', ')}.`);
  const ref = `${PACKAGE}@${version}`;
  const digest = createHash('sha256').update(`${ref} ${commit}`).digest('hex');
  const serial = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return {
    ...bom,
    serialNumber: `urn:uuid:${serial}`,
    metadata: {
      ...bom.metadata,
      timestamp: date,
      component: {
        ...bom.metadata.component,
        'bom-ref': ref,
        name: PACKAGE,
        ...{ purl: `pkg:npm/${encodeURIComponent('@')}swarm-engineering/swarm@${version}` },
        properties: [],
      },
    },
    components: [...kept.values()].sort((one, other) => (one['bom-ref'] < other['bom-ref'] ? -1 : 1)),
    dependencies: [
      { ref, dependsOn: [...inside].sort() },
      ...bom.dependencies
        .filter((each) => inside.has(each.ref))
        .map((each) => ({ ref: each.ref, dependsOn: each.dependsOn?.filter((other) => inside.has(other)) ?? [] })),
    ],
  };
}

/** Lines as `sha256sum` writes and checks them. */
export const checksums = (folder: string): string =>
  readdirSync(folder)
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}  ${name}\n`,
    )
    .join('');

const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('npm', [...args, '--offline', '--no-update-notifier'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

const write = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

/** npm packs the modes that it finds, and those depend on the umask. */
const setModes = (folder: string): void => {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, entry.isDirectory() || path === join(folder, 'build', 'cli.js') ? 0o755 : 0o644);
  }
};

export interface Bundles {
  readonly action: Built;
  readonly programs: Built;
}

/** Bundles the three doors. Throws if `dist/` is not what its sources make. */
async function bundle(): Promise<Bundles> {
  const action = await bundled([ACTION]);
  const stale = await staleDist(action.files);
  if (stale.length > 0) throw new Error(`dist/ is not what its sources make: ${stale.join(', ')}.`);
  return { action, programs: await bundled(RELEASED) };
}

/** Writes the release of a commit. */
export function assemble(to: string, bundles: Bundles, { commit, date }: { commit: string; date: string }): void {
  const { action, programs } = bundles;
  const manifest = ownManifest();
  const { version } = manifest;
  const assets = join(to, 'assets');
  mkdirSync(assets, { recursive: true });
  write(join(to, 'notes.md'), notesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version));

  const stage = mkdtempSync(join(tmpdir(), 'swarm-release-'));
  try {
    for (const [name, text] of releasedWorkflows({ commit, version })) {
      write(join(assets, name), text);
      write(join(stage, '.github/workflows', name), text);
    }
    const isSource = (path: string): boolean => !/^(?:dist|node_modules)$/.test(basename(path));
    for (const name of COPIED) cpSync(join(root, name), join(stage, name), { recursive: true, filter: isSource });
    for (const [name, text] of action.files) write(join(stage, 'dist', name), text);
    for (const [name, text] of programs.files) write(join(stage, 'build', name), text);
    const { description, license, type, engines, bin } = manifest;
    const published = {
      ...{ name: PACKAGE, version, description, license, type, engines, bin },
      repository: { type: 'git', url: `git+${REPOSITORY}.git` },
      publishConfig: { access: 'public', provenance: true },
      files: ['.github', 'build', 'dist', ...COPIED],
    };
    write(join(stage, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
    setModes(stage);
    npm(stage, 'pack', '--silent', '--ignore-scripts', '--pack-destination', resolve(assets));

    const listed = npm(root, 'sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only');
    const packages = [...action.packages, ...programs.packages];
    const bom = billOfMaterials(JSON.parse(listed) as Bom, packages, { commit, version, date });
    write(join(assets, 'swarm.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  write(join(assets, 'SHA256SUMS'), checksums(assets));
}

const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      tag: { type: 'string' },
      commit: { type: 'string' },
      version: { type: 'string' },
      app: { type: 'boolean' },
    },
  });
  const [command] = positionals;
  const { to, tag } = values;
  if (to === undefined) throw new Error('Name a folder with --to.');
  if (command === 'workflows') {
    const { commit = git('rev-parse', 'HEAD'), version = ownManifest().version } = values;
    const names = values.app ? WORKFLOWS : ALL_WORKFLOWS;
    for (const [name, text] of releasedWorkflows({ commit, version }, names)) write(join(to, name), text);
    return;
  }
  if (command !== 'build') throw new Error('Say `build` or `workflows`.');
  const own = ownManifest().version;
  if (tag !== undefined && tag !== `v${own}`) throw new Error(`The tag ${tag} is not that of version ${own}.`);
  const commit = git('rev-parse', 'HEAD');
  assemble(to, await bundle(), { commit, date: git('show', '--no-patch', '--format=%aI', 'HEAD') });
  process.stdout.write(readFileSync(join(to, 'assets', 'SHA256SUMS'), 'utf8'));
}

if (import.meta.main) await main();
