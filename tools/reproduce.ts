/**
 * Builds the release of HEAD twice, each time from a new clone with a new install, and compares all bytes. The two builds
 * differ in folder, home, time zone, language and umask. A difference is named, and fails.
 *
 *     npm run reproduce
 *     npm run reproduce -- --linked      with the packages that are installed here, which is faster
 *     npm run reproduce -- --with DIR    compares with this release, too
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Place {
  readonly folder: string;
  readonly umask: string;
  readonly environment: Readonly<Record<string, string>>;
}

const PLACES: readonly Place[] = [
  { folder: 'one', umask: '022', environment: { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' } },
  {
    folder: join('another', 'place with a longer name'),
    umask: '077',
    environment: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  },
];

const filesIn = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path)]),
  );

/** Names of files that only one of the folders has, or that differ. Throws if both are empty. */
export function differences(one: string, other: string): readonly string[] {
  const left = filesIn(one);
  const right = filesIn(other);
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  if (names.length === 0) throw new Error('Nothing was built.');
  return names.filter(
    (name) => left.get(name)?.equals(right.get(name) ?? Buffer.alloc(0)) !== true || !right.has(name),
  );
}

/** Clones, installs and builds; returns the folder of the release. */
function build(base: string, { folder, umask, environment }: Place, isLinked: boolean): string {
  const at = join(base, folder);
  const home = join(at, 'home');
  mkdirSync(home, { recursive: true });
  const run = (cwd: string, ...command: readonly string[]): void =>
    void execFileSync('sh', ['-c', `umask ${umask}; exec "$@"`, 'sh', ...command], {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        ...environment,
        HOME: home,
        PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
        // Where packages come from makes no difference: the lock file has their digests.
        npm_config_userconfig: process.env.npm_config_userconfig ?? join(homedir(), '.npmrc'),
        npm_config_cache: process.env.npm_config_cache ?? join(homedir(), '.npm'),
      },
    });
  const clone = join(at, 'swarm');
  run(at, 'git', '-c', 'advice.detachedHead=false', 'clone', '--quiet', '--no-hardlinks', root, clone);
  if (isLinked) run(clone, 'cp', '-a', '--reflink=auto', join(root, 'node_modules'), 'node_modules');
  else run(clone, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline');
  run(clone, process.execPath, 'tools/release.ts', 'build', '--to', join(at, 'release'));
  return join(at, 'release');
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { linked: { type: 'boolean', default: false }, with: { type: 'string' } } });
  const base = mkdtempSync(join(tmpdir(), 'swarm-reproduce-'));
  try {
    const [one = '', other = ''] = PLACES.map((place) => build(base, place, values.linked));
    const found = new Set([...differences(one, other), ...(values.with ? differences(one, values.with) : [])]);
    for (const name of found) console.error(`✗ ${name} differs from build to build.`);
    if (found.size > 0) process.exitCode = 1;
    else {
      console.log(`${readFileSync(join(one, 'assets', 'SHA256SUMS'), 'utf8')}\nBuilt twice, the same bytes each time.`);
    }
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}
