/**
 * One form for every ecosystem: a repository's workspaces, their members, and the commands of their gates. A single
 * project is a workspace with one member.
 *
 * Everything here is pure: names of files and texts of manifests in, commands out. The members that a change touches, and
 * their dependents, are found here for all ecosystems alike.
 */
import { matches, readGlob } from '#core/scope/glob';

/** The files of one commit. */
export interface Listing {
  readonly files: ReadonlySet<string>;
  /** The text of a file that `isManifest` accepts; undefined if it is missing, or too big for a manifest. */
  text(path: string): string | undefined;
  /** Files with the executable bit; undefined if every file counts as one. */
  readonly executable?: ReadonlySet<string>;
  /** Directories that stand for commits of other repositories. */
  readonly submodules?: readonly string[];
  /** Pointers to files in Git LFS. */
  readonly large?: readonly string[];
}

/** Gates that are found in files. `security` and `scope` are Swarm's own; others come from the config. */
export const FOUND_GATES = ['lint', 'types', 'tests', 'build'] as const;
export type FoundGate = (typeof FOUND_GATES)[number];

export const ECOSYSTEMS = [
  'JavaScript',
  'Deno',
  'Python',
  'Go',
  'Rust',
  'Maven',
  'Gradle',
  '.NET',
  'Ruby',
  'PHP',
  'Elixir',
] as const;
export type Ecosystem = (typeof ECOSYSTEMS)[number];

/** The files that make a directory a project, the most telling one first; patterns come after all names. */
const MARKS: Readonly<Record<Ecosystem, { readonly names: readonly string[]; readonly others?: RegExp }>> = {
  JavaScript: { names: ['package.json', 'rush.json'] },
  Deno: { names: ['deno.json', 'deno.jsonc'] },
  Python: {
    names: ['pyproject.toml', 'setup.py', 'setup.cfg', 'Pipfile', 'tox.ini'],
    others: /requirements.*\.(?:txt|in)$/,
  },
  Go: { names: ['go.mod'] },
  Rust: { names: ['Cargo.toml'] },
  Maven: { names: ['pom.xml'] },
  Gradle: {
    names: ['settings.gradle', 'settings.gradle.kts', 'build.gradle', 'build.gradle.kts'],
    others: /\.gradle(?:\.kts)?$/,
  },
  '.NET': { names: [], others: /\.(?:slnx?|[a-z]+proj)$/ },
  Ruby: { names: ['Gemfile', 'gems.rb'] },
  PHP: { names: ['composer.json'] },
  Elixir: { names: ['mix.exs'] },
};

/** One program that is started. */
export interface Step {
  /** argv, never read by a shell. `{scratch}` in it stands for a directory outside of the tree. */
  readonly run: readonly string[];
  /** Relative to the repository; empty means its root. */
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Directories of the repository that come first on `PATH`. */
  readonly path?: readonly string[];
  /** For a program with a meaningless exit code; otherwise only the exit code decides. */
  readonly fails?: 'when it names files';
  /**
   * A clause such as "ruff is configured, but nothing installs it". The step runs if its program is on the machine; otherwise
   * this is the reason why it does not apply.
   */
  readonly ifThere?: string;
  /** argv that takes the place of the program if it is missing, or if an old Corepack cannot start it. */
  readonly otherwise?: readonly string[];
  /** argv that only lists the files at fault. If the step fails, files that were at fault before the change do not count. */
  readonly lists?: readonly string[];
  /** The reason for it: "script `lint` in package.json", or "usual for Go, by go.mod". */
  readonly from?: string;
}

/** The steps of a gate, and the reasons for parts of it that have none. */
export interface Found {
  readonly steps: readonly Step[];
  /** Clauses such as "package.json has no script `lint`": parts that are not checked are always reported. */
  readonly without: readonly string[];
  /** The repository's own task defines it: a task of make or just does not replace it. */
  readonly by?: 'its own script';
}

export interface Member {
  /** Relative to the repository; empty means its root. */
  readonly directory: string;
  /** The name that other packages of the ecosystem use for it. */
  readonly name: string;
  /** Names of its dependencies, or directories as `dir:packages/a`. Names from outside the repository match nothing. */
  readonly needs: readonly string[];
}

/** All members, or the directories of the members that a change touches and of their dependents. */
export type Held = 'all' | ReadonlySet<string>;

export interface Install {
  /** They run in this order; the first failure ends the install. */
  readonly steps: readonly Step[];
  /** A change to one of these files makes a new install necessary. */
  readonly after: readonly string[];
  /** The config names the command. */
  readonly isOwn?: true;
}

/** The format of the ecosystem's own audit. `exit code` is for a program that the config names. */
export type AuditForm =
  | 'npm'
  | 'pnpm'
  | 'yarn 1'
  | 'yarn'
  | 'bun'
  | 'pip-audit'
  | 'cargo-audit'
  | 'govulncheck'
  | 'composer'
  | 'bundler-audit'
  | 'dotnet'
  | 'mix_audit'
  | 'exit code';

export type Audit =
  | {
      readonly kind: 'audit';
      readonly step: Step;
      readonly form: AuditForm;
      /** Runs first, on any tree, if the audit looks at installed packages and not at a lock file. */
      readonly prepare?: readonly Step[];
      /** Without a change to one of these files, no new fault can have been added. */
      readonly after: readonly string[];
    }
  | { readonly kind: 'not applicable'; readonly why: string };

/** The program that changes code in small ways, so that it shows whether a test notices. */
export interface Mutator {
  readonly kind: 'mutator';
  readonly tool: 'stryker' | 'cosmic-ray' | 'gremlins';
  /** It is started here, and changes the files below that belong to no other mutator. */
  readonly directory: string;
  /** argv, up to the arguments that depend on the change. */
  readonly run: readonly string[];
  /** Its settings in the repository, as the base has them. */
  readonly settings?: { readonly path: string; readonly text: string };
  /** What the project has to add first, because Swarm does not fetch this tool. */
  readonly lacks?: { readonly name: string; readonly manifest: string };
}

/** A mutator, and the tests that have to notice its mutants. */
export interface MutationPlace {
  readonly mutator: Mutator;
  readonly tests: readonly Step[];
}

/** A part of the repository in which no mutator runs, and the reason as a clause. */
export interface NoMutator {
  readonly kind: 'none';
  readonly directory: string;
  readonly why: string;
}

/** Scripts or tasks by name, as the manifest writes them. */
export type Scripts = Readonly<Record<string, unknown>>;

export interface Workspace {
  readonly ecosystem: Ecosystem;
  readonly directory: string;
  readonly members: readonly Member[];
  readonly install?: Install;
  readonly audit: Audit;
  /** Undefined if Swarm knows no such program for the ecosystem. */
  readonly mutators?: readonly (Mutator | NoMutator)[];
  /** Scripts by manifest: they define a gate, even if a change rewrites them. */
  readonly scripts?: Readonly<Record<string, Scripts>>;
  /** A clause for gates that fail: something that an installation by Swarm does not do. */
  readonly hint?: string;
  /** Files that define a gate as a whole, like a Makefile. */
  readonly definitions?: readonly string[];
  find(gate: FoundGate, held: Held): Found;
}

// --- files ------------------------------------------------------------------------------------------------------------

/** The YAML reader is quadratic in the number of keys; no real manifest is as long as this. */
export const YAML_BYTES = 64 * 1024;

/** Directories with manifests that are material, not projects. */
const NOT_PROJECTS = new Set([
  ...[
    'node_modules',
    'bower_components',
    'vendor',
    'third_party',
    'third-party',
    'testdata',
    'fixtures',
    '__fixtures__',
  ],
  ...['__mocks__', '__snapshots__', 'templates', 'template', 'dist', 'target', 'venv', 'site-packages', 'Pods'],
]);
const DEEPEST = 6;

export const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const under = (directory: string, path: string): string => (directory === '' ? path : `${directory}/${path}`);
export const isWithin = (path: string, directory: string): boolean =>
  directory === '' || path === directory || path.startsWith(`${directory}/`);
export const relativeTo = (directory: string, path: string): string =>
  directory === '' ? path : path.slice(directory.length + 1);

/** True for a project of the repository, false for a copy, a fixture or a template. */
export const isProjectDirectory = (directory: string): boolean =>
  directory === '' || (directory.split('/').length <= DEEPEST && !isMaterial(directory));

/** The file by which a project is recognised; undefined if it is not in the directory itself. */
export function markOf({ files }: Pick<Listing, 'files'>, ecosystem: Ecosystem, directory: string): string | undefined {
  const { names, others } = MARKS[ecosystem];
  const named = names.map((name) => under(directory, name)).find((file) => files.has(file));
  if (named !== undefined || others === undefined) return named;
  return [...files].find((file) => directoryOf(file) === directory && others.test(nameOf(file)));
}

/** True for a directory of copies, fixtures or templates. No tool checks them as code. */
export const isMaterial = (directory: string): boolean =>
  directory.split('/').some((name) => (name.length > 1 && name.startsWith('.')) || NOT_PROJECTS.has(name));

/** Directories with a file of this name, shallow ones first. */
export function directoriesWith(listing: Listing, name: string | RegExp): readonly string[] {
  const found = new Set<string>();
  for (const file of listing.files) {
    const own = nameOf(file);
    if (typeof name === 'string' ? own !== name : !name.test(own)) continue;
    const directory = directoryOf(file);
    if (isProjectDirectory(directory)) found.add(directory);
  }
  return [...found].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

const depth = (directory: string): number => (directory === '' ? 0 : directory.split('/').length);

/** Names of files below a directory, relative to it. */
export function filesBelow(listing: Listing, directory: string): readonly string[] {
  const found: string[] = [];
  for (const file of listing.files) if (isWithin(file, directory)) found.push(relativeTo(directory, file));
  return found;
}

/** The directories that a workspace's globs match; `!` excludes, in the order written. */
export function globbed(root: string, globs: readonly string[], directories: readonly string[]): readonly string[] {
  const rules = globs.flatMap((glob) => {
    const isNot = glob.startsWith('!');
    const read = readGlob((isNot ? glob.slice(1) : glob).replace(/^\.\//, '').replace(/\/+$/, ''));
    return typeof read === 'string' ? [] : [{ isNot, patterns: read }];
  });
  return directories.filter((directory) => {
    if (directory === root || !isWithin(directory, root)) return false;
    const parts = relativeTo(root, directory).split('/');
    let isIn = false;
    for (const { isNot, patterns } of rules) {
      if (patterns.some((pattern) => matches(pattern, parts))) isIn = !isNot;
    }
    return isIn;
  });
}

/** `dir/../x` or `./x` from a directory, as a path of the repository; undefined if it leads outside. */
export function resolved(from: string, path: string): string | undefined {
  const parts = from === '' ? [] : from.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** The entries with text values, without a prototype: a script may be called `constructor`. */
export function textsOf(value: unknown): Readonly<Record<string, string>> {
  const texts: Record<string, string> = Object.create(null);
  for (const [name, text] of Object.entries(tableOf(value))) if (typeof text === 'string') texts[name] = text;
  return texts;
}

/** JSON with comments and commas at the ends of lists; undefined if it is something else. */
export function parseJsonc(text: string): unknown {
  // Strings are kept as they are; a comment or a last comma between them is dropped.
  const plain = text
    .replace(/^\ufeff/, '')
    .replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string?: string) => string ?? ' ')
    .replace(/("(?:[^"\\\n]|\\.)*")|,(\s*[}\]])/g, (_, string?: string, end = '') => string ?? end);
  try {
    return JSON.parse(plain);
  } catch {
    return undefined;
  }
}

export const tableOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

// --- which members a change touches -------------------------------------------------------------------------------------

/**
 * The part of each workspace that a change is held to: the members it touches, and all of their dependents.
 *
 * In doubt, more is checked: a file that belongs to no member (a lock file, a config at the root) means its whole
 * workspace; a file that belongs to no workspace means all of them. A project at the root is always held.
 */
export function holdTo(workspaces: readonly Workspace[], changed: readonly string[]): ReadonlyMap<Workspace, Held> {
  const places = new Set(workspaces.map(({ directory }) => directory));
  const touched = new Map<string, string[]>();
  for (const file of changed) {
    let place: string | undefined = directoryOf(file);
    while (place !== undefined && !places.has(place)) place = place === '' ? undefined : directoryOf(place);
    if (place === undefined) return new Map(workspaces.map((each) => [each, 'all']));
    const files = touched.get(place);
    if (files) files.push(file);
    else touched.set(place, [file]);
  }
  const held = new Map<Workspace, Held>();
  for (const workspace of workspaces) {
    const files = touched.get(workspace.directory) ?? [];
    const mine = membersTouched(workspace, files);
    if (mine === 'all') held.set(workspace, 'all');
    else held.set(workspace, new Set(mine));
  }
  addDependents(workspaces, held);
  for (const workspace of workspaces) {
    const now = held.get(workspace);
    // Not earlier: a root that is held only because it is the root has no effect on its dependents.
    const isMember = workspace.directory === '' && workspace.members.some(({ directory }) => directory === '');
    if (isMember && now !== 'all') held.set(workspace, new Set([...(now ?? []), '']));
  }
  return held;
}

function membersTouched({ directory, members }: Workspace, files: readonly string[]): 'all' | readonly string[] {
  if (members.length === 1) return files.length > 0 || directory === '' ? 'all' : [];
  const byDepth = members.map((each) => each.directory).sort((a, b) => depth(b) - depth(a));
  const inside = byDepth.filter((each) => each !== directory);
  const hit = new Set<string>();
  for (const file of files) {
    const member = inside.find((each) => isWithin(file, each));
    if (member === undefined) return 'all';
    hit.add(member);
  }
  return [...hit];
}

/** Grows the sets until they hold every dependent of a held member. */
function addDependents(workspaces: readonly Workspace[], held: Map<Workspace, Held>): void {
  const isHeld = (workspace: Workspace, member: Member): boolean => {
    const now = held.get(workspace);
    return now === 'all' || now?.has(member.directory) === true;
  };
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    const names = new Map<Ecosystem, Set<string>>();
    for (const workspace of workspaces) {
      const own = names.get(workspace.ecosystem) ?? new Set<string>();
      names.set(workspace.ecosystem, own);
      for (const member of workspace.members) {
        if (isHeld(workspace, member)) own.add(member.name).add(`dir:${member.directory}`);
      }
    }
    for (const workspace of workspaces) {
      const own = names.get(workspace.ecosystem) ?? new Set();
      for (const member of workspace.members) {
        if (isHeld(workspace, member) || !member.needs.some((name) => own.has(name))) continue;
        const now = held.get(workspace);
        if (now === 'all') continue;
        held.set(workspace, new Set([...(now ?? []), member.directory]));
        isGrowing = true;
      }
    }
  }
}

/** Members that are held, in the workspace's order. */
export const heldMembers = ({ members }: Pick<Workspace, 'members'>, held: Held): readonly Member[] =>
  held === 'all' ? members : members.filter(({ directory }) => held.has(directory));
