/**
 * Encloses a program by bubblewrap: namespaces of its own for users, processes, mounts, IPC, host name and network.
 *
 * bubblewrap itself is started with the program's environment and no other, because `/proc/1/environ` inside holds whatever it
 * was started with. Values never stand in its arguments, which every user of the machine can read.
 *
 * @see https://manpages.debian.org/bookworm/bubblewrap/bwrap.1.en.html
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { forwarding, NODE, SOCKETS } from './inside.ts';
import { contains, type View } from './view.ts';

/** The programs that put up each kind of walls. */
export const TOOLS = {
  bubblewrap: ['bwrap', 'prlimit', 'sh', 'setsid'],
  'bubblewrap-sudo': ['bwrap', 'prlimit', 'sudo', 'env', 'unshare', 'sh', 'setsid', 'setpriv'],
} as const;
/**
 * Their files. Each is started by its absolute path: the program's own PATH may begin with directories that it can write to,
 * and some of them run as root, or outside of the walls.
 */
export type Tools = Readonly<Record<string, string>>;

export interface Enclosure {
  readonly view: View;
  readonly command: readonly string[];
  readonly directory: string;
  /** Paths that the program can read and write. */
  readonly writes: readonly string[];
  /** Further paths that it can read. */
  readonly reads: readonly string[];
  /** Files and directories among these that are empty inside. */
  readonly hides: readonly string[];
  /** Files that stand in the place of hidden ones. Programs fail on JSON that is empty, so theirs holds an empty object. */
  readonly empty: { readonly text: string; readonly json: string };
  /** Stands at /tmp. It is not the call's own temporary directory, because it holds the places where others are mounted. */
  readonly temporaryDirectory: string;
  /** Its way out of a network of its own, which may have none. Undefined: it is in the network of the job. */
  readonly egress: { readonly directory: string; readonly ports: readonly number[] } | 'none' | undefined;
}

/** The user that a program runs as inside, if this process is root: some agents refuse to work as root. */
const INSIDE_USER = 1000;

/** Most programs need far less. A fork bomb and a leak of files end here, and no core of a program is written. */
const LIMITS = [
  { name: 'nproc', called: 'Max processes', most: 16_384 },
  { name: 'nofile', called: 'Max open files', most: 65_536 },
  { name: 'core', called: 'Max core file size', most: 0 },
] as const;

export function bubblewrap(tools: Tools, enclosure: Enclosure): readonly string[] {
  const user = process.getuid?.() === 0 ? ['--uid', String(INSIDE_USER), '--gid', String(INSIDE_USER)] : [];
  return [
    fileOf(tools, 'bwrap'),
    ...['--unshare-user', ...user],
    ...argumentsFor(enclosure),
    ...['--', ...programOf(tools, enclosure)],
  ];
}

/**
 * Kills everything in the outer namespace when the job has died. sudo drops the kernel's signal for that, and outlives us.
 * `$0` is the job's process. The kernel spares process 1, which is bubblewrap: it exits when what it encloses is dead.
 */
const WATCH = '(while [ -d "/proc/$0" ]; do sleep 1; done; kill -KILL -1) </dev/null >/dev/null 2>&1 & exec "$@"';

/**
 * The same for machines where only root may create namespaces, such as GitHub's Ubuntu runners. bubblewrap runs as root,
 * and the program runs as the user who asked for it, so that this user owns the files. sudo clears the environment, except
 * for the variables that it is given by name.
 */
export function bubblewrapWithSudo(
  tools: Tools,
  enclosure: Enclosure,
  environment: Readonly<Record<string, string>>,
): readonly string[] {
  const user = String(process.getuid?.() ?? INSIDE_USER);
  const group = String(process.getgid?.() ?? INSIDE_USER);
  const open = SUDO_SETS.filter((name) => environment[name] !== undefined);
  const kept = Object.keys(environment).filter((name) => !open.includes(name));
  return [
    ...[fileOf(tools, 'sudo'), '-n', `--preserve-env=${kept.join(',')}`, '--'],
    ...[fileOf(tools, 'env'), ...sudoLeaves(environment), ...open.map((name) => `${name}=${environment[name]}`)],
    // The outer namespace ends everything when bubblewrap ends.
    ...[fileOf(tools, 'unshare'), '--pid', '--fork', '--kill-child=KILL', '--'],
    ...[fileOf(tools, 'sh'), '-c', WATCH, String(process.pid)],
    fileOf(tools, 'bwrap'),
    ...['--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID', '--cap-add', 'CAP_SETPCAP'],
    ...argumentsFor(enclosure),
    '--',
    ...[fileOf(tools, 'setpriv'), `--reuid=${user}`, `--regid=${group}`, '--clear-groups'],
    ...['--inh-caps=-all', '--bounding-set=-all', '--no-new-privs', '--', ...programOf(tools, enclosure)],
  ];
}

function programOf(tools: Tools, { command, egress }: Enclosure): readonly string[] {
  const limited = [...prlimit(tools), ...command];
  return egress === undefined || egress === 'none' ? limited : forwarding(tools, egress.ports, limited);
}

function fileOf(tools: Tools, name: string): string {
  const { [name]: file } = tools;
  if (file === undefined) throw new Error(`unreachable: ${name} was looked for`);
  return file;
}

/** Variables that sudo always replaces, even if it is asked to keep them. None of their values is secret. */
const SUDO_SETS: readonly string[] = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'MAIL', 'TERM', 'TMPDIR'];
const sudoLeaves = (environment: Readonly<Record<string, string>>): readonly string[] =>
  ['SUDO_COMMAND', 'SUDO_USER', 'SUDO_UID', 'SUDO_GID', ...SUDO_SETS]
    .filter((name) => environment[name] === undefined)
    .flatMap((name) => ['-u', name]);

/** A limit can only be lowered, so this machine's own limit counts if it is lower. */
function prlimit(tools: Tools): readonly string[] {
  const own = readFileSync('/proc/self/limits', 'utf8');
  const limits = LIMITS.map(({ name, called, most }) => {
    const [, hard = ''] = new RegExp(`^${called} +\\S+ +(\\S+)`, 'm').exec(own) ?? [];
    return `--${name}=${hard === 'unlimited' ? most : Math.min(most, Number(hard) || most)}`;
  });
  return [fileOf(tools, 'prlimit'), ...limits, '--'];
}

interface Mount {
  readonly path: string;
  readonly how: '--bind' | '--ro-bind';
}

/** The paths that are shown. A mount hides what lies below it, so outer paths come first. */
function mountsOf({ view, writes, reads }: Enclosure): readonly Mount[] {
  const mounts: readonly Mount[] = [
    ...[...view.paths, ...reads].map((path): Mount => ({ path, how: '--ro-bind' })),
    ...writes.map((path): Mount => ({ path, how: '--bind' })),
  ];
  // Where two are the same, the one that may write comes last.
  return [...mounts].sort((one, other) => one.path.split('/').length - other.path.split('/').length);
}

/** Where the temporary directory of the system stands inside. */
const TEMPORARY = ['/tmp', '/var/tmp'] as const;

/**
 * Where paths are shown inside the temporary directory of the system. The caller has to make these places first,
 * because bubblewrap would make them as root, and only for root.
 */
export function placesIn(enclosure: Enclosure): readonly { readonly place: string; readonly isDirectory: boolean }[] {
  return mountsOf(enclosure).flatMap(({ path }) => {
    const base = TEMPORARY.find((each) => each !== path && contains(each, path));
    if (base === undefined) return [];
    const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    return [{ place: `${enclosure.temporaryDirectory}${path.slice(base.length)}`, isDirectory }];
  });
}

/** The directories above some paths, outer ones first. */
function above(paths: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const path of paths) for (let each = dirname(path); each !== '/'; each = dirname(each)) found.add(each);
  return [...found].sort();
}

/** Some programs write into such a directory at their start. What they write is gone with the call. */
const emptied = (path: string, empty: Enclosure['empty']): readonly string[] =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory()
    ? ['--tmpfs', path]
    : ['--ro-bind-try', /\.jsonc?$/i.test(path) ? empty.json : empty.text, path];

function argumentsFor(enclosure: Enclosure): readonly string[] {
  const { view, directory, temporaryDirectory, egress } = enclosure;
  const mounts = mountsOf(enclosure);
  const apart = mounts.map(({ path }) => path).filter((path) => !TEMPORARY.some((each) => contains(each, path)));
  return [
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    // Also takes the sockets out of reach that have a name and no file.
    ...(egress === undefined ? [] : ['--unshare-net']),
    ...['--die-with-parent', '--new-session', '--hostname', 'swarm'],
    ...view.links.flatMap(({ path, target }) => ['--symlink', target, path]),
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/run', '--tmpfs', '/var'],
    ...(egress === undefined || egress === 'none'
      ? []
      : ['--bind', egress.directory, SOCKETS, '--ro-bind', process.execPath, NODE]),
    ...TEMPORARY.flatMap((path) => ['--bind', temporaryDirectory, path]),
    // If they are not named, bubblewrap makes the directories above a mount for its own user alone.
    ...above(apart).flatMap((path) => ['--dir', path]),
    ...mounts.flatMap(({ path, how }) => [how, path, path]),
    ...[...view.hidden, ...enclosure.hides].flatMap((path) => emptied(path, enclosure.empty)),
    ...['--chdir', statSync(directory, { throwIfNoEntry: false })?.isDirectory() ? directory : '/'],
  ];
}
