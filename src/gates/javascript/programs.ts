/** Package managers of JavaScript: how each installs, runs and audits, and which one a project uses. */
import { type Listing, type Step, tableOf, textsOf, under } from '../workspace.ts';

export interface Package {
  readonly directory: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly manifest: Readonly<Record<string, unknown>>;
}

export interface Program {
  readonly name: 'npm' | 'pnpm' | 'yarn 1' | 'yarn' | 'bun';
  readonly command: string;
  readonly lockFiles: readonly string[];
  /** Exactly what the lock file says, or an error. */
  readonly frozen: readonly string[];
  /** Without a lock file: any versions that fit, and no lock file is written. */
  readonly loose: readonly string[];
  /** Runs a program of a dependency, and never fetches one. */
  readonly exec: readonly string[];
  readonly audit: readonly string[];
}

const QUIET = ['--no-audit', '--no-fund'];
const NPM: Program = {
  name: 'npm',
  command: 'npm',
  lockFiles: ['package-lock.json', 'npm-shrinkwrap.json'],
  frozen: ['npm', 'ci', '--ignore-scripts', ...QUIET],
  loose: ['npm', 'install', '--no-package-lock', '--ignore-scripts', ...QUIET],
  // Without the dashes npx takes options such as `-p` for its own.
  exec: ['npx', '--no', '--'],
  audit: ['npm', 'audit', '--package-lock-only', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'],
};
const PNPM: Program = {
  name: 'pnpm',
  command: 'pnpm',
  lockFiles: ['pnpm-lock.yaml'],
  frozen: ['pnpm', 'install', '--frozen-lockfile', '--ignore-scripts'],
  loose: ['pnpm', 'install', '--no-lockfile', '--ignore-scripts'],
  exec: ['pnpm', 'exec'],
  audit: ['pnpm', 'audit', '--prod', '--json', '--config.fetch-retries=0'],
};
const YARN_1: Program = {
  name: 'yarn 1',
  command: 'yarn',
  lockFiles: ['yarn.lock'],
  frozen: ['yarn', 'install', '--frozen-lockfile', '--ignore-scripts', '--non-interactive'],
  loose: ['yarn', 'install', '--no-lockfile', '--ignore-scripts', '--non-interactive'],
  exec: ['yarn', '--silent', 'run'],
  audit: ['yarn', 'audit', '--groups', 'dependencies', '--json'],
};
/** Yarn 2 and later uses other commands, and keeps its settings in `.yarnrc.yml`. */
const YARN: Program = {
  name: 'yarn',
  command: 'yarn',
  lockFiles: ['yarn.lock'],
  frozen: ['yarn', 'install', '--immutable', '--mode=skip-build'],
  loose: ['yarn', 'install', '--mode=skip-build'],
  exec: ['yarn', 'run'],
  audit: ['yarn', 'npm', 'audit', '--all', '--recursive', '--environment', 'production', '--json'],
};
const BUN: Program = {
  name: 'bun',
  command: 'bun',
  lockFiles: ['bun.lock', 'bun.lockb'],
  frozen: ['bun', 'install', '--frozen-lockfile', '--ignore-scripts'],
  loose: ['bun', 'install', '--no-save', '--ignore-scripts'],
  exec: ['bun', 'x', '--no-install'],
  audit: ['bun', 'audit', '--prod', '--json'],
};
/** The first lock file that is found decides. */
export const PROGRAMS: readonly Program[] = [PNPM, YARN_1, BUN, NPM];

export function readPackage(listing: Listing, directory: string): Package | undefined {
  const manifest = parseObject(listing.text(under(directory, 'package.json')));
  if (!manifest) return undefined;
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  return {
    directory,
    manifest,
    scripts: textsOf(manifest.scripts),
    dependencies: {
      ...textsOf(peerDependencies),
      ...textsOf(optionalDependencies),
      ...textsOf(devDependencies),
      ...textsOf(dependencies),
    },
  };
}

export function parseObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? tableOf(value) : undefined;
  } catch {
    return undefined;
  }
}

export function programOf(listing: Listing, { directory, manifest }: Package): Program {
  const wanted = typeof manifest.packageManager === 'string' ? manifest.packageManager : undefined;
  const engine = tableOf(tableOf(manifest.devEngines).packageManager).name;
  const name = wanted?.split('@')[0] ?? (typeof engine === 'string' ? engine : undefined);
  const program =
    PROGRAMS.find(({ command }) => command === name) ??
    PROGRAMS.find(({ lockFiles }) => lockFiles.some((file) => listing.files.has(under(directory, file)))) ??
    (listing.files.has(under(directory, 'pnpm-workspace.yaml')) ? PNPM : NPM);
  if (program !== YARN_1) return program;
  const major = /^yarn@(\d+)/.exec(wanted ?? '')?.[1];
  const isLater = major === undefined ? listing.files.has(under(directory, '.yarnrc.yml')) : Number(major) >= 2;
  return isLater ? YARN : YARN_1;
}

/** An exact version that package.json pins: `pnpm@9.1.0+sha512…`. */
const PIN = /^(pnpm|yarn|bun)@(\d+\.\d+\.\d+[\w.-]*)/;

/**
 * Fetches the package manager at the version that package.json pins, without Corepack: an old Corepack does not know the
 * keys of new versions.
 */
export function pinOf({ manifest }: Package): readonly string[] | undefined {
  const { packageManager: engine } = tableOf(manifest.devEngines);
  const { name, version } = tableOf(engine);
  const wanted = typeof manifest.packageManager === 'string' ? manifest.packageManager : `${name}@${version}`;
  const [, program, exact = ''] = PIN.exec(wanted) ?? [];
  if (program === undefined) return undefined;
  const isLater = program === 'yarn' && !exact.startsWith('1.');
  return isLater
    ? ['npx', '--yes', `--package=@yarnpkg/cli-dist@${exact}`, '--', 'yarn']
    : ['npx', '--yes', `${program}@${exact}`];
}

/** Starts a package manager; if it is missing or refuses to start, at the version that package.json pins. */
export const startedBy = (pin: readonly string[] | undefined, program: Program, step: Step): Step =>
  pin !== undefined && step.run[0] === program.command ? { ...step, otherwise: pin } : step;

// --- install scripts ------------------------------------------------------------------------------------------------------

const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepare'];
/** Packages that do not work, or not as they are imported, until their install script has run. */
const NEED_SCRIPTS = new Set([
  ...['prisma', '@prisma/client', 'better-sqlite3', 'sqlite3', 'bcrypt', 'canvas', 'node-sass', 'cypress', 'puppeteer'],
  ...['electron', 'playwright-chromium', 'node-pty', 'isolated-vm', 'argon2', 'zeromq', 'robotjs', 'sodium-native'],
]);

/** A hint for gates that fail because a lifecycle script did not run; undefined if there is none. */
export function scriptsHint(packages: readonly Package[], allowed: readonly string[]): string | undefined {
  const own = packages.flatMap(({ directory, scripts }) =>
    LIFECYCLE.filter((name) => scripts[name] !== undefined).map(
      (name) => `\`${name}\` of ${under(directory, 'package.json')}`,
    ),
  );
  const named = packages.flatMap(({ manifest, dependencies }) => [
    ...[manifest.trustedDependencies, tableOf(manifest.pnpm).onlyBuiltDependencies].flatMap((list) =>
      Array.isArray(list) ? list.map(String) : [],
    ),
    ...Object.entries(tableOf(manifest.dependenciesMeta)).flatMap(([name, meta]) =>
      tableOf(meta).built === true ? [name] : [],
    ),
    ...Object.keys(dependencies).filter((name) => NEED_SCRIPTS.has(name)),
  ]);
  const scripts = [...new Set([...own, ...[...allowed, ...named].map((name) => `the script of ${name}`)])];
  if (scripts.length === 0) return undefined;
  const shown = scripts.slice(0, 4).join(', ');
  const more = scripts.length > 4 ? ` and ${scripts.length - 4} more` : '';
  return `dependencies were installed without install scripts, so these did not run: ${shown}${more}. To run one, set gates.install.run in .github/swarm.yml to a command that installs and then runs it`;
}
