/**
 * The part of this machine that a sandboxed program can see: the system, the tools on PATH, and nothing of anybody's home,
 * of other jobs, or of the supervisor.
 */
import { lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { certificatePaths, toolVariables, type Variables } from './environment.ts';

/** Directories of the system. They hold programs and settings that every user of a machine can read. */
const SYSTEM = ['usr', 'bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'etc', 'opt', 'nix', 'snap', 'sys'] as const;

/** Where tools keep themselves below a home directory, in addition to the directories on PATH. */
const TOOL_HOMES = [
  '.rustup',
  '.cargo',
  '.pyenv',
  '.rbenv',
  '.nvm',
  '.volta',
  '.asdf',
  '.sdkman',
  '.bun',
  '.deno',
  'go',
];
/** What a home's `.local` may show: `share` holds keyrings and logins, too. */
const LOCAL_TOOLS = ['bin', 'lib', 'share/pipx', 'share/uv', 'share/mise', 'share/pnpm', 'share/claude/versions'];
/** Files inside these directories that hold credentials. An empty file stands in their place. */
const CREDENTIALS = [
  '.cargo/credentials',
  '.cargo/credentials.toml',
  '.sdkman/etc/config',
  '.bun/install/global/.npmrc',
];

export interface View {
  /** Top-level links, such as `/bin → usr/bin`. */
  readonly links: readonly { readonly path: string; readonly target: string }[];
  /** Paths that can be read and not written. A path comes after those that contain it. */
  readonly paths: readonly string[];
  /** Files that are replaced by empty ones. */
  readonly hidden: readonly string[];
}

/** @param secluded directories that nobody may see, such as the job's scratch. A path that contains one is not shown. */
export function viewOf(variables: Variables, secluded: readonly string[]): View {
  const links: { path: string; target: string }[] = [];
  const paths = new Set<string>();
  for (const name of SYSTEM) {
    const path = `/${name}`;
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) links.push({ path, target: readlinkSync(path) });
    else if (found?.isDirectory()) paths.add(path);
  }
  // Often a link out of /etc, to a file of systemd-resolved. Without it no name can be resolved.
  addReal(paths, '/etc/resolv.conf');
  const { HOME } = variables;
  const closed = [...secluded, ...(HOME ? [HOME] : [])].map(real);
  const add = (path: string): void => {
    if (!isAbsolute(path) || isBelowOne(real(path), SYSTEM_PATHS)) return;
    const found = statOf(path);
    if (found && !closed.some((each) => contains(real(path), each))) paths.add(resolve(path));
  };
  for (const directory of (variables.PATH ?? '').split(delimiter)) {
    if (directory === '') continue;
    add(directory);
    for (const root of rootsOf(directory)) add(root);
  }
  for (const path of [...Object.values(toolVariables(variables)), ...certificatePaths(variables)]) add(path);
  if (HOME) for (const name of TOOL_HOMES) add(join(HOME, name));
  const hidden = HOME ? CREDENTIALS.map((file) => join(HOME, file)).filter(isFile) : [];
  return { links, paths: outermost(paths), hidden };
}

/**
 * The paths that a command line names, so that a program that lies outside of the system can be read: of a file its directory,
 * with the modules that it may load, and of a program in a `bin` what lies around that. A directory that holds something
 * closed is not shown, and then only the file is.
 *
 * @param program the file that the command starts.
 * @param closed directories that may not be shown, such as the home of the job's user.
 */
export function pathsOf(command: readonly string[], program: string, closed: readonly string[]): readonly string[] {
  const isOpen = (path: string): boolean => !closed.some((each) => contains(real(path), real(each)));
  const files = [...new Set([program, real(program), ...command.filter(isAbsolute)])];
  return files.flatMap((file) => {
    const found = statOf(file);
    if (!found || isBelowOne(real(file), SYSTEM_PATHS) || isBelowOne(file, OF_CALL)) return [];
    if (found.isDirectory()) return isOpen(file) ? [file] : [];
    const directory = dirname(file);
    const shown = [directory, ...rootsOf(directory), ...packageOf(file)].filter((path) => statOf(path) && isOpen(path));
    return shown.length > 0 ? shown : [file];
  });
}

/** The outermost `node_modules` around a file: a package loads its dependencies from there. */
function packageOf(file: string): readonly string[] {
  const index = file.indexOf('/node_modules/');
  return index < 0 ? [] : [file.slice(0, index + '/node_modules'.length)];
}

/** Inside, devices and processes are those of the call: a command that names `/dev/null` means its own. */
const OF_CALL = ['/dev', '/proc'];
const SYSTEM_PATHS = SYSTEM.map((name) => `/${name}`);

/** A tool's own directory around its `bin`: npm, for one, is a link into `../lib`. */
function rootsOf(directory: string): readonly string[] {
  const root = dirname(directory);
  if (!/^(?:\.?bin|shims)$/.test(basename(directory))) return [];
  if (basename(root) === '.local') return LOCAL_TOOLS.map((name) => join(root, name));
  return [root];
}

function addReal(paths: Set<string>, path: string): void {
  const target = real(path);
  if (target !== path && isFile(target)) paths.add(target);
}

/** Without those that lie inside another one, in an order in which outer ones come first. */
function outermost(paths: ReadonlySet<string>): readonly string[] {
  const kept: string[] = [];
  for (const path of [...paths].sort()) if (!kept.some((outer) => contains(outer, path))) kept.push(path);
  return kept;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

const isFile = (path: string): boolean => statOf(path)?.isFile() === true;

/** Undefined for what is not there, and for what this user may not look at. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

const isBelowOne = (path: string, directories: readonly string[]): boolean =>
  directories.some((each) => contains(each, path));

export const contains = (outer: string, inner: string): boolean =>
  inner === outer || inner.startsWith(outer === sep ? sep : `${outer}${sep}`);
