/**
 * JavaScript and TypeScript: npm, pnpm, yarn (1 and later) and bun; workspaces of each, of Lerna, Nx and Rush.
 *
 * The scripts of package.json come first. A tool runs on its own only if the repository configures it and depends on it.
 * Lifecycle scripts never run: a dependency's code must not run before the gates (threats T52).
 */
import { oncePerText, readYaml } from '#yaml/read';
import {
  type Package,
  PROGRAMS,
  type Program,
  parseObject,
  pinOf,
  programOf,
  readPackage,
  scriptsHint,
  startedBy,
} from './javascript/programs.ts';
import { findRush, MANIFESTS as RUSH } from './javascript/rush.ts';
import { isFanOut, isOrchestrated, SCRIPTS, scriptOf, scriptsOf } from './javascript/scripts.ts';
import { sayFault } from './tasks.ts';
import {
  type Audit,
  directoriesWith,
  type Found,
  type FoundGate,
  filesBelow,
  globbed,
  type Held,
  heldMembers,
  type Install,
  isWithin,
  type Listing,
  listOf,
  type Member,
  type Mutator,
  nameOf,
  resolved,
  type Step,
  tableOf,
  under,
  type Workspace,
  YAML_BYTES,
} from './workspace.ts';

const STRYKER = '@stryker-mutator/core';
const STRYKER_SETTINGS = ['stryker.conf', 'stryker.config', '.stryker.conf', '.stryker.config'].flatMap((name) =>
  ['json', 'js', 'mjs', 'cjs'].map((end) => `${name}.${end}`),
);

const OWN =
  /(?:^|\/)(?:package\.json|pnpm-workspace\.yaml|lerna\.json|nx\.json|project\.json|tsconfig\.json|\.?stryker\.conf(?:ig)?\.(?:json|[cm]?js))$/;
/** Files that are read here. */
export const MANIFESTS = { test: (path: string): boolean => OWN.test(path) || RUSH.test(path) };

export function findJavaScript(listing: Listing): readonly Workspace[] {
  const rush = findRush(listing);
  // Rush installs for all of its projects; another package manager would destroy that.
  const isRush = (place: string): boolean =>
    rush.some(({ directory, members }) => [directory, ...members.map((each) => each.directory)].includes(place));
  const places = directoriesWith(listing, 'package.json').filter((place) => !isRush(place));
  const packages = new Map(places.map((place) => [place, readPackage(listing, place)]));
  const taken = new Set<string>();
  const found: Workspace[] = [...rush];
  for (const place of places) {
    if (taken.has(place)) continue;
    const own = packages.get(place);
    const globs = own && workspaceGlobs(listing, own);
    const members = globs ? globbed(place, globs.members, places).filter((each) => !taken.has(each)) : [];
    for (const each of [place, ...members]) taken.add(each);
    const all = [place, ...members].flatMap((each) => packages.get(each) ?? []);
    if (own && (place === '' || isProject(listing, own))) found.push(workspaceOf(listing, own, all, globs ?? NO_GLOBS));
    else if (place === '') found.push(unreadable(place));
  }
  return found;
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

interface Globs {
  readonly members: readonly string[];
  /** Dependencies that may run their install scripts. */
  readonly built: readonly string[];
  /** The reason why the members are not known exactly. */
  readonly fault?: string;
}

const NO_GLOBS: Globs = { members: [], built: [] };

/** A `pnpm-workspace.yaml`. Its catalogs may share parts by anchors. */
const pnpmGlobs = oncePerText((text): Globs => {
  const yaml = readYaml(text, { maxBytes: YAML_BYTES, aliases: 'share' });
  // Pnpm may be able to read it. Without it, every package below counts as a member.
  if (yaml.kind !== 'read') return { members: ['**'], built: [], fault: sayFault(yaml.faults) };
  const { packages, onlyBuiltDependencies, allowBuilds } = tableOf(yaml.value);
  const allowed = Object.entries(tableOf(allowBuilds)).flatMap(([name, may]) => (may === true ? [name] : []));
  return { members: listOf(packages), built: [...listOf(onlyBuiltDependencies), ...allowed] };
});

/** Undefined if it is not the root of a workspace. */
function workspaceGlobs(listing: Listing, { directory, manifest }: Package): Globs | undefined {
  const pnpm = listing.text(under(directory, 'pnpm-workspace.yaml'));
  if (pnpm !== undefined) {
    const globs = pnpmGlobs(pnpm);
    const { fault } = globs;
    const shown = under(directory, 'pnpm-workspace.yaml');
    return fault === undefined ? globs : { ...globs, fault: `${shown} cannot be read: ${fault}` };
  }
  const { workspaces } = manifest;
  if (workspaces !== undefined) {
    const members = listOf(Array.isArray(workspaces) ? workspaces : tableOf(workspaces).packages);
    return { members, built: [] };
  }
  const lerna = parseObject(listing.text(under(directory, 'lerna.json')));
  if (!lerna) return undefined;
  return { members: lerna.packages === undefined ? ['packages/*'] : listOf(lerna.packages), built: [] };
}

function workspaceOf(listing: Listing, root: Package, packages: readonly Package[], globs: Globs): Workspace {
  const program = programOf(listing, root);
  const pin = pinOf(root);
  const step = (run: readonly string[], directory = root.directory): Step =>
    startedBy(pin, program, { run, directory });
  const lock = program.lockFiles.map((file) => under(root.directory, file)).find((file) => listing.files.has(file));
  const hasDependencies = packages.some(({ dependencies }) => Object.keys(dependencies).length > 0);
  const manifests = packages.map(({ directory }) => under(directory, 'package.json'));
  const after = [...manifests, ...(lock === undefined ? [] : [lock])];
  const shown = under(root.directory, 'package.json');
  const bootstrap = isOldLerna(listing, root)
    ? [step([...program.exec, 'lerna', 'bootstrap', '--ignore-scripts'])]
    : [];
  const install: Install | undefined = hasDependencies
    ? { steps: [step(lock === undefined ? program.loose : program.frozen), ...bootstrap], after }
    : undefined;
  const audit: Audit =
    lock === undefined || !hasDependencies
      ? {
          kind: 'not applicable',
          why: hasDependencies ? `no lock file next to ${shown}` : `${shown} has no dependencies`,
        }
      : { kind: 'audit', step: step(program.audit), form: program.name, after };
  const members = packages.map(memberOf);
  const hint = scriptsHint(packages, globs.built);
  const place: Place = { program, root, packages, members, step };
  return {
    ecosystem: 'JavaScript',
    directory: root.directory,
    members,
    audit,
    ...(install ? { install } : {}),
    ...(hint === undefined ? {} : { hint }),
    mutators: packages.map((each) => mutatorOf(listing, program, root, each)),
    scripts: Object.fromEntries(packages.map(({ directory, scripts }) => [under(directory, 'package.json'), scripts])),
    find(gate, held) {
      const found = findIn(listing, place, gate, held);
      return globs.fault === undefined ? found : { ...found, without: [...found.without, globs.fault] };
    },
  };
}

/** Before version 7, Lerna itself installed the packages of a repository without workspaces. */
const isOldLerna = (listing: Listing, { directory, manifest, dependencies }: Package): boolean =>
  listing.files.has(under(directory, 'lerna.json')) &&
  manifest.workspaces === undefined &&
  !listing.files.has(under(directory, 'pnpm-workspace.yaml')) &&
  /^[\^~>=v\s]*[2-6]\b/.test(dependencies.lerna ?? '');

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

// --- gates --------------------------------------------------------------------------------------------------------------

interface Place {
  readonly program: Program;
  readonly root: Package;
  readonly packages: readonly Package[];
  readonly members: readonly Member[];
  /** A step of the package manager. */
  readonly step: (run: readonly string[], directory?: string) => Step;
}

function findIn(listing: Listing, place: Place, gate: FoundGate, held: Held): Found {
  const { program, root, packages, members, step } = place;
  const rootScript = scriptOf(root, gate);
  const scriptSteps = (each: Package): readonly Step[] =>
    scriptsOf(each, gate).map((script) => ({
      ...step([program.command, 'run', script], each.directory),
      from: sayScript(each, script),
    }));
  const isOfMembers = packages.length > 1 && isFanOut(root, rootScript);
  const isWhole = packages.length > 1 && (isOrchestrated(root, rootScript) || (held === 'all' && isOfMembers));
  if (rootScript !== undefined && (packages.length === 1 || isWhole)) {
    return { steps: scriptSteps(root), without: [], by: 'its own script' };
  }
  const target = rootScript === undefined ? nxTarget(listing, root, gate) : undefined;
  if (target !== undefined) {
    const run = [...program.exec, 'nx', 'run-many', '--target', target, '--outputStyle=static'];
    return { steps: [{ ...step(run), environment: NX }], without: [] };
  }

  const wanted = inOrder(members, heldMembers({ members }, held), gate);
  const packageOf = (member: Member): readonly Package[] =>
    packages.filter((each) => each.directory === member.directory);
  const steps: Step[] = [];
  const without: string[] = [];
  let isOwn = false;
  // The root's own gates always run. A script that only calls those of the members is covered by them.
  const own = isOfMembers ? [] : [root];
  let isRootChecked = false;
  for (const each of [...own, ...wanted.flatMap(packageOf).filter((other) => other !== root)]) {
    const scripts = scriptSteps(each);
    if (scripts.length > 0) {
      steps.push(...scripts);
      isOwn = true;
    } else {
      // A runner or linter at the root sees the members, too. The compiler does not.
      const tool = isRootChecked && gate !== 'types' ? undefined : toolOf(listing, place, each, gate);
      if (typeof tool === 'object') steps.push(step([...program.exec, ...tool], each.directory));
      else if (each !== root || packages.length === 1 || tool !== undefined) without.push(tool ?? reason(each, gate));
    }
    if (each === root) isRootChecked = steps.length > 0;
  }
  // No member is held, and the root only delegates to members: then the reason is not a missing script.
  if (steps.length === 0 && without.length === 0 && rootScript === undefined) without.push(reason(root, gate));
  // A gate that runs at the root checks the members too.
  const isCovered = own.length > 0 && steps.some(({ directory }) => directory === root.directory);
  const built =
    gate === 'build' || steps.length === 0
      ? []
      : unbuilt(listing, place, steps).flatMap((each) => {
          const script = scriptOf(each, 'build');
          if (script === undefined) return [];
          const from = `${sayScript(each, script)}, because others import files that it makes`;
          return [{ ...step([program.command, 'run', script], each.directory), from }];
        });
  return { steps: [...built, ...steps], without: isCovered ? [] : without, ...(isOwn ? { by: 'its own script' } : {}) };
}

const sayScript = ({ directory }: Package, script: string): string =>
  `script \`${script}\` in ${under(directory, 'package.json')}`;

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

/** Members that others import from files that only a build makes. They come before the types and tests of those others. */
function unbuilt(listing: Listing, { members, packages }: Place, steps: readonly Step[]): readonly Package[] {
  const users = members.filter(({ directory }) => steps.some((each) => each.directory === directory));
  const needed = inOrder(members, users, 'build').filter((member) =>
    members.some((user) => user !== member && member.name !== '' && user.needs.includes(member.name)),
  );
  return needed.flatMap((member) =>
    packages.filter((each) => each.directory === member.directory && isMadeByBuild(listing, each)),
  );
}

function isMadeByBuild(listing: Listing, { directory, manifest }: Package): boolean {
  const { main, module, types, typings, exports } = manifest;
  const entries = [main, module, types, typings, ...textsIn(exports)].filter((each) => typeof each === 'string');
  return entries.some((entry) => {
    if (entry.includes('*')) return false;
    const path = resolved(directory, entry);
    const ends = ['', '.js', '.cjs', '.mjs', '.json', '.ts', '/index.js', '/index.ts'];
    return path !== undefined && !ends.some((end) => listing.files.has(`${path}${end}`));
  });
}

const textsIn = (value: unknown, depth = 0): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : depth > 6
      ? []
      : Object.values(Array.isArray(value) ? value : tableOf(value)).flatMap((each) => textsIn(each, depth + 1));

const reason = ({ directory }: Package, gate: FoundGate): string =>
  `${under(directory, 'package.json')} has no script \`${SCRIPTS[gate].slice(0, 2).join('` or `')}\``;

// --- Nx -------------------------------------------------------------------------------------------------------------------

/** Nx neither leaves a server behind nor asks a service for results of other commits. */
const NX = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };
/** Targets that plugins of Nx give to projects without writing them down. */
const INFERRED: Readonly<Record<FoundGate, readonly (readonly [plugin: RegExp, target: string])[]>> = {
  lint: [[/^@nx\/eslint\b/, 'lint']],
  types: [[/^@nx\/js\/typescript$/, 'typecheck']],
  tests: [[/^@nx\/(?:jest|vite|vitest)\b/, 'test']],
  build: [[/^@nx\/(?:vite|webpack|rollup|rspack|next|js\/typescript)\b/, 'build']],
};

/** The target of an Nx repository for a gate, if its package.json has no script for it. */
function nxTarget(listing: Listing, { directory, dependencies }: Package, gate: FoundGate): string | undefined {
  const settings = parseObject(listing.text(under(directory, 'nx.json')));
  if (!settings || !('nx' in dependencies)) return undefined;
  const names = new Set(Object.keys(tableOf(settings.targetDefaults)));
  for (const file of filesBelow(listing, directory)) {
    if (nameOf(file) !== 'project.json') continue;
    const project = parseObject(listing.text(under(directory, file)));
    for (const name of Object.keys(tableOf(project?.targets))) names.add(name);
  }
  const plugins = (Array.isArray(settings.plugins) ? settings.plugins : []).map((each) =>
    typeof each === 'string' ? each : String(tableOf(each).plugin),
  );
  const inferred = INFERRED[gate].find(([plugin]) => plugins.some((name) => plugin.test(name)))?.[1];
  return SCRIPTS[gate].find((name) => names.has(name)) ?? inferred;
}

// --- tools that are configured but have no script -----------------------------------------------------------------------

const ESLINT = /^(?:eslint\.config\.(?:[cm]?[jt]s)|\.eslintrc(?:\.[a-z]+)?)$/;
const SETTINGS = {
  jest: /^jest\.config\.(?:[cm]?[jt]s|json)$/,
  vitest: /^vitest\.(?:config|workspace)\.[cm]?[jt]s$/,
};
const TEST_FILE = /(?:[.-_](?:test|spec)\.[cm]?[jt]sx?|(?:^|\/)(?:__tests__|tests?|spec)\/.*\.[cm]?[jt]sx?)$/;

/** argv, after the program that runs programs of dependencies; or the reason why a configured tool does not run. */
function toolOf(
  listing: Listing,
  { root }: Place,
  { directory, dependencies, manifest }: Package,
  gate: FoundGate,
): readonly string[] | string | undefined {
  const has = (name: string): boolean => listing.files.has(under(directory, name));
  const needs = (name: string): boolean => name in dependencies || name in root.dependencies;
  const lacks = (tool: string): string =>
    `${tool} is configured${directory === '' ? '' : ` in ${directory}`}, but no package.json depends on it`;
  switch (gate) {
    case 'lint': {
      const isBiome = has('biome.json') || has('biome.jsonc');
      if (isBiome && needs('@biomejs/biome')) return ['biome', 'ci', '.'];
      const isEslint = manifest.eslintConfig !== undefined || hasFile(listing, directory, ESLINT);
      if (isEslint && needs('eslint')) return ['eslint', '.'];
      if (has('.oxlintrc.json') && needs('oxlint')) return ['oxlint'];
      const [other] = ['standard', 'xo'].filter(needs);
      if (other !== undefined) return [other];
      return isBiome
        ? lacks('biome')
        : isEslint
          ? lacks('eslint')
          : has('.oxlintrc.json')
            ? lacks('oxlint')
            : undefined;
    }
    case 'types':
      if (!has('tsconfig.json')) return undefined;
      return needs('typescript') ? typesOf(listing, directory) : lacks('tsc');
    case 'tests': {
      const run = needs('vitest')
        ? ['vitest', 'run']
        : needs('jest')
          ? ['jest']
          : needs('mocha')
            ? ['mocha']
            : undefined;
      // A runner that finds no test fails, and many members have none.
      if (run) return filesBelow(listing, directory).some((file) => TEST_FILE.test(file)) ? run : undefined;
      if (manifest.jest !== undefined || hasFile(listing, directory, SETTINGS.jest)) return lacks('jest');
      return hasFile(listing, directory, SETTINGS.vitest) ? lacks('vitest') : undefined;
    }
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
