/**
 * JavaScript and TypeScript: npm, pnpm, yarn (1 and later) and bun.
 *
 * The scripts of package.json come first. A tool runs on its own only if the repository configures it and depends on it.
 * Lifecycle scripts never run: a dependency's code must not run before the gates (threats T52).
 */
import { oncePerText, readYaml } from '#yaml/read';
import {
  type Audit,
  directoriesWith,
  type Found,
  type FoundGate,
  globbed,
  type Held,
  heldMembers,
  type Install,
  isWithin,
  type Listing,
  listOf,
  type Member,
  type Mutator,
  resolved,
  type Step,
  tableOf,
  textsOf,
  under,
  type Workspace,
  YAML_BYTES,
} from './workspace.ts';

interface Package {
  readonly directory: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly manifest: Readonly<Record<string, unknown>>;
}

interface Program {
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
  exec: ['npx', '--no'],
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
const PROGRAMS: readonly Program[] = [PNPM, YARN_1, BUN, NPM];

const SCRIPTS: Readonly<Record<FoundGate, readonly string[]>> = {
  lint: ['lint', 'lint:check', 'lint:ci'],
  types: ['types', 'typecheck', 'type-check', 'check-types', 'check:types', 'tsc'],
  tests: ['test', 'tests', 'test:unit'],
  build: ['build'],
};
/** The script that `npm init` writes: it fails, and tests nothing. */
const NO_TEST_SCRIPT = /no test specified/i;
/** Programs that find out on their own what a change touches and what has to be built first. */
const ORCHESTRATED = /(?:^|[\s/;&|])(?:turbo|nx|lerna|moon|rush|rushx|lage|wireit|ultra)(?:\s|$)/;
/** A script that only runs the same script in every package. */
const FAN_OUT =
  /^(?:npm\s(?:[^;&|]*\s)?(?:-ws|--workspaces)|pnpm\s(?!.*(?:--filter|-F)\b)(?:[^;&|]*\s)?(?:-r|--recursive)|yarn\s+workspaces\s+(?:run|foreach)|bun\s(?:[^;&|]*\s)?--filter[= ]['"]?\*['"]?)(?:\s[^;&|]*)?$/;

const STRYKER = '@stryker-mutator/core';
const STRYKER_SETTINGS = ['stryker.conf', 'stryker.config', '.stryker.conf', '.stryker.config'].flatMap((name) =>
  ['json', 'js', 'mjs', 'cjs'].map((end) => `${name}.${end}`),
);

export const MANIFESTS =
  /(?:^|\/)(?:package\.json|pnpm-workspace\.yaml|tsconfig\.json|\.?stryker\.conf(?:ig)?\.(?:json|[cm]?js))$/;

export function findJavaScript(listing: Listing): readonly Workspace[] {
  const places = directoriesWith(listing, 'package.json');
  const packages = new Map(places.map((place) => [place, readPackage(listing, place)]));
  const taken = new Set<string>();
  const found: Workspace[] = [];
  for (const place of places) {
    if (taken.has(place)) continue;
    const own = packages.get(place);
    const globs = own && workspaceGlobs(listing, own);
    const members = globs ? globbed(place, globs, places).filter((each) => !taken.has(each)) : [];
    for (const each of [place, ...members]) taken.add(each);
    const all = [place, ...members].flatMap((each) => packages.get(each) ?? []);
    if (own && (place === '' || isProject(listing, own))) found.push(workspaceOf(listing, own, all));
    else if (place === '') found.push(unreadable(place));
  }
  return found;
}

function readPackage(listing: Listing, directory: string): Package | undefined {
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

function parseObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? tableOf(value) : undefined;
  } catch {
    return undefined;
  }
}

/** A package.json that only says `"type": "module"` or marks a package's entry does not count. */
const isProject = (listing: Listing, { directory, scripts, manifest }: Package): boolean =>
  manifest.workspaces !== undefined ||
  Object.values(SCRIPTS).some((names) => names.some((name) => scripts[name]?.trim())) ||
  PROGRAMS.some(({ lockFiles }) => lockFiles.some((file) => listing.files.has(under(directory, file))));

const unreadable = (directory: string): Workspace => {
  const why = 'package.json is not a JSON object';
  return {
    ecosystem: 'JavaScript',
    directory,
    members: [{ directory, name: '', needs: [] }],
    audit: { kind: 'not applicable', why },
    find: () => ({ steps: [], without: [why] }),
  };
};

/** The globs in a `pnpm-workspace.yaml`. */
const pnpmGlobs = oncePerText((text): readonly string[] => {
  const yaml = readYaml(text, { maxBytes: YAML_BYTES });
  return yaml.kind === 'read' ? listOf(tableOf(yaml.value).packages) : [];
});

/** Undefined if it is not the root of a workspace. */
function workspaceGlobs(listing: Listing, { directory, manifest }: Package): readonly string[] | undefined {
  const pnpm = listing.text(under(directory, 'pnpm-workspace.yaml'));
  if (pnpm !== undefined) {
    return pnpmGlobs(pnpm);
  }
  const { workspaces } = manifest;
  if (workspaces === undefined) return undefined;
  return listOf(Array.isArray(workspaces) ? workspaces : tableOf(workspaces).packages);
}

function programOf(listing: Listing, { directory, manifest }: Package): Program {
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

function workspaceOf(listing: Listing, root: Package, packages: readonly Package[]): Workspace {
  const program = programOf(listing, root);
  const lock = program.lockFiles.map((file) => under(root.directory, file)).find((file) => listing.files.has(file));
  const hasDependencies = packages.some(({ dependencies }) => Object.keys(dependencies).length > 0);
  const manifests = packages.map(({ directory }) => under(directory, 'package.json'));
  const after = [...manifests, ...(lock === undefined ? [] : [lock])];
  const shown = under(root.directory, 'package.json');
  const install: Install | undefined = hasDependencies
    ? { steps: [{ run: lock === undefined ? program.loose : program.frozen, directory: root.directory }], after }
    : undefined;
  const audit: Audit =
    lock === undefined || !hasDependencies
      ? {
          kind: 'not applicable',
          why: hasDependencies ? `no lock file next to ${shown}` : `${shown} has no dependencies`,
        }
      : { kind: 'audit', step: { run: program.audit, directory: root.directory }, form: program.name, after };
  const members = packages.map(memberOf);
  return {
    ecosystem: 'JavaScript',
    directory: root.directory,
    members,
    audit,
    ...(install ? { install } : {}),
    mutators: packages.map((each) => mutatorOf(listing, program, root, each)),
    scripts: Object.fromEntries(packages.map(({ directory, scripts }) => [under(directory, 'package.json'), scripts])),
    find: (gate, held) => findIn(listing, { program, root, packages, members }, gate, held),
  };
}

/** StrykerJS is a dependency of the project, like its plugins for test runners. It looks for settings only where it runs. */
function mutatorOf(listing: Listing, program: Program, root: Package, each: Package): Mutator {
  const { directory } = each;
  const path = STRYKER_SETTINGS.map((name) => under(directory, name)).find((file) => listing.files.has(file));
  const text = path === undefined ? undefined : listing.text(path);
  const isThere = STRYKER in each.dependencies || STRYKER in root.dependencies;
  return {
    kind: 'mutator',
    tool: 'stryker',
    directory,
    run: [...program.exec, 'stryker', 'run'],
    ...(path === undefined || text === undefined ? {} : { settings: { path, text } }),
    ...(isThere ? {} : { lacks: { name: STRYKER, manifest: under(directory, 'package.json') } }),
  };
}

/** By name, or by path if the version is a path: `file:../a`, `link:../a`, `workspace:../a`, `portal:../a`. */
function memberOf({ directory, dependencies, manifest }: Package): Member {
  const names = Object.keys(dependencies);
  const paths = Object.values(dependencies).flatMap((version) => {
    const path = /^(?:file|link|portal|workspace):(\.{1,2}\/.*)$/.exec(version)?.[1];
    const place = path === undefined ? undefined : resolved(directory, path);
    return place === undefined ? [] : [`dir:${place}`];
  });
  return { directory, name: typeof manifest.name === 'string' ? manifest.name : '', needs: [...names, ...paths] };
}

interface Place {
  readonly program: Program;
  readonly root: Package;
  readonly packages: readonly Package[];
  readonly members: readonly Member[];
}

function findIn(listing: Listing, place: Place, gate: FoundGate, held: Held): Found {
  const { program, root, packages, members } = place;
  const rootScript = scriptOf(root, gate);
  const scriptStep = ({ directory }: Package, script: string): Step => ({
    run: [program.command, 'run', script],
    directory,
  });
  const rootText = rootScript === undefined ? '' : (root.scripts[rootScript] ?? '');
  const isWhole = packages.length > 1 && (ORCHESTRATED.test(rootText) || (held === 'all' && FAN_OUT.test(rootText)));
  if (rootScript !== undefined && (packages.length === 1 || isWhole)) {
    return { steps: [scriptStep(root, rootScript)], without: [], by: 'its own script' };
  }

  const wanted = inOrder(members, heldMembers({ members }, held), gate);
  const steps: Step[] = [];
  const without: string[] = [];
  let isOwn = false;
  // The root's own gates always run. A script that only calls those of the members is covered by them.
  const own = FAN_OUT.test(rootText) ? [] : [root];
  const others = wanted.flatMap(({ directory }) => packages.find((each) => each.directory === directory) ?? []);
  for (const each of [...own, ...others.filter((each) => each !== root)]) {
    const script = scriptOf(each, gate);
    if (script !== undefined) {
      steps.push(scriptStep(each, script));
      isOwn = true;
      continue;
    }
    const tool = toolOf(listing, place, each, gate);
    if (tool) steps.push({ run: [...program.exec, ...tool], directory: each.directory });
    else if (each !== root || packages.length === 1) without.push(reason(each, gate));
  }
  // No member is held, and the root only delegates to members: then the reason is not a missing script.
  if (steps.length === 0 && without.length === 0 && rootScript === undefined) without.push(reason(root, gate));
  // A gate that runs at the root checks the members too.
  const isCovered = own.length > 0 && steps.some(({ directory }) => directory === root.directory);
  return { steps, without: isCovered ? [] : without, ...(isOwn ? { by: 'its own script' } : {}) };
}

/** The held members, each after its dependencies. A build also includes dependencies that are not held. */
function inOrder(members: readonly Member[], held: readonly Member[], gate: FoundGate): readonly Member[] {
  const done: Member[] = [];
  const seen = new Set<Member>();
  const visit = (member: Member): void => {
    if (seen.has(member)) return;
    seen.add(member);
    for (const other of members) if (other.name !== '' && member.needs.includes(other.name)) visit(other);
    if (gate === 'build' || held.includes(member)) done.push(member);
  };
  for (const member of held) visit(member);
  return done;
}

const reason = ({ directory }: Package, gate: FoundGate): string =>
  `${under(directory, 'package.json')} has no script \`${SCRIPTS[gate].slice(0, 2).join('` or `')}\``;

const scriptOf = ({ scripts }: Package, gate: FoundGate): string | undefined =>
  SCRIPTS[gate].find((name) => {
    const text = scripts[name]?.trim();
    return text && !(gate === 'tests' && NO_TEST_SCRIPT.test(text));
  });

// --- tools that are configured but have no script -----------------------------------------------------------------------

const ESLINT = /^(?:eslint\.config\.(?:[cm]?[jt]s)|\.eslintrc(?:\.[a-z]+)?)$/;

/** argv, after the program that runs programs of dependencies. */
function toolOf(
  listing: Listing,
  { root }: Place,
  { directory, dependencies, manifest }: Package,
  gate: FoundGate,
): readonly string[] | undefined {
  const has = (name: string): boolean => listing.files.has(under(directory, name));
  const needs = (name: string): boolean => name in dependencies || name in root.dependencies;
  switch (gate) {
    case 'lint': {
      if ((has('biome.json') || has('biome.jsonc')) && needs('@biomejs/biome')) return ['biome', 'ci', '.'];
      const isEslint = manifest.eslintConfig !== undefined || hasFile(listing, directory, ESLINT);
      if (isEslint && needs('eslint')) return ['eslint', '.'];
      return has('.oxlintrc.json') && needs('oxlint') ? ['oxlint'] : undefined;
    }
    case 'types':
      return has('tsconfig.json') && needs('typescript') ? typesOf(listing, directory) : undefined;
    case 'tests':
      if (needs('vitest')) return ['vitest', 'run'];
      if (needs('jest') || manifest.jest !== undefined) return ['jest'];
      return needs('mocha') ? ['mocha'] : undefined;
    case 'build':
      return undefined;
  }
}

/** A tsconfig that only refers to others checks nothing of its own, and exits with 0. */
function typesOf(listing: Listing, directory: string): readonly string[] {
  const text = listing.text(under(directory, 'tsconfig.json')) ?? '';
  return /"references"\s*:/.test(text) && /"files"\s*:\s*\[\s*\]/.test(text)
    ? ['tsc', '-b', '--noEmit']
    : ['tsc', '--noEmit', '-p', '.'];
}

function hasFile(listing: Listing, directory: string, name: RegExp): boolean {
  for (const file of listing.files) {
    if (!isWithin(file, directory)) continue;
    const own = directory === '' ? file : file.slice(directory.length + 1);
    if (name.test(own)) return true;
  }
  return false;
}
