/**
 * Checks the names of changed files: forbidden names, protected files, and files that a person has to look at
 * (threats §3.2 T15, §3.5).
 *
 * Names are folded before they are compared, because some file systems treat `.GitHub` and `.github`, or letters of
 * different width, as equal.
 */
import type { Config } from '#core/model/config';
import { steersAgents } from '#core/scope/agent-files';
import { scopeMatcher } from '#core/scope/scope';
import { steersGates } from './gate-files.ts';
import { type Naming, namedPlaces } from './named-places.ts';

const MAX_PATH_BYTES = 4_096;
const MAX_NAME_BYTES = 255;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
const ALL_INVISIBLE = new RegExp(INVISIBLE, 'gu');
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;
/** Names of devices on Windows, with any extension. @see https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;

/** @see https://learn.microsoft.com/windows/win32/fileio/naming-a-file#short-vs-long-names */
const SHORT_NAME = /^[^.~]{1,6}~[1-9][0-9]?(?:\.[^.]{0,3})?$/;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A path on one line, with all of its characters visible. */
export const showPath = (path: string): string =>
  path
    .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]|[\p{Cf}\p{Default_Ignorable_Code_Point}]| +(?=\/|$)/gu, escaped)
    .slice(0, 500);

const escaped = (text: string): string =>
  [...text].map((character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('');

/** `showPath` for two names that look the same: combining characters are shown, too. */
export const showLetters = (path: string): string => showPath(path.replace(/\p{M}/gu, escaped));

/** One form for all spellings that some file system treats as equal. */
export const fold = (path: string): string =>
  // Up and down again: `ß` is `ss`, and the dotless `ı` is `i`, on systems that fold names in full.
  path.normalize('NFKC').replace(ALL_INVISIBLE, '').toUpperCase().toLowerCase().normalize('NFC');

/** The reason why no file may have this name, as a clause; undefined if the name is allowed. */
export function pathFault(bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_PATH_BYTES) return `it is longer than ${MAX_PATH_BYTES} bytes`;
  let path: string;
  try {
    path = strictUtf8.decode(bytes);
  } catch {
    return 'it is not UTF-8';
  }
  if (CONTROL.test(path)) return 'it contains a control character or a line break';
  if (INVISIBLE.test(path)) return 'it contains an invisible character';
  if (path.includes('\\')) return 'it contains a backslash, which separates directories on Windows';
  if (/^[a-z]:/i.test(path) || path.startsWith('/')) return 'it is an absolute path';
  if (/[:*?"<>|]/.test(path)) return 'it contains a character that Windows does not allow (one of : * ? " < > |)';
  if (path.startsWith('-')) return 'it starts with a dash, so programs would read it as an option';
  for (const name of path.split('/')) {
    const fault = nameFault(name);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function nameFault(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'one of its parts is empty, "." or ".."';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `one of its parts is longer than ${MAX_NAME_BYTES} bytes`;
  if (/[. ]$/.test(name)) return 'one of its parts ends with a dot or a space, which Windows removes';
  if (DEVICE.test(name)) return 'it is the name of a device on Windows';
  const folded = fold(name).replace(/[. ]+$/, '');
  if (folded === '.git' || /^git~\d/.test(folded)) return 'it is inside git’s own directory';
  // `GITHUB~1` is `.github` there, `CODEOW~1` is CODEOWNERS.
  if (SHORT_NAME.test(name)) return 'on Windows it is the short name of another file';
  return undefined;
}

/** Directories of files that control CI, editors or git, at any depth. At the root, every dot directory is protected. */
const PROTECTED_DIRECTORIES = new Set([
  ...[
    '.git',
    '.github',
    '.gitlab',
    '.circleci',
    '.buildkite',
    '.husky',
    '.githooks',
    '.vscode',
    '.devcontainer',
    '.idx',
  ],
  ...['.cargo', '.mvn', '.yarn', '.bundle'],
]);
const PROTECTED_NAMES = new Set(
  [
    'CODEOWNERS',
    '.replit',
    ...['.devcontainer.json', '.gitpod.yml', '.gitpod.yaml', '.gitpod.dockerfile', 'devfile.yaml', '.devfile.yaml'],
    ...['.exrc', '.nvimrc', '.nvim.lua', '.dir-locals.el'],
    ...['.gitmodules', '.gitattributes', '.gitconfig', '.lfsconfig', '.envrc'],
    ...['.npmrc', '.yarnrc', '.yarnrc.yml', '.pnpmfile.cjs', '.pnp.cjs', '.pnp.loader.mjs', 'bunfig.toml'],
    ...['pip.conf', 'pip.ini', '.pypirc', '.netrc', '.curlrc', '.gemrc', 'nuget.config'],
  ].map((name) => name.toLowerCase()),
);
const PROTECTED_AT_ROOT = new Set([
  ...['.gitlab-ci.yml', 'azure-pipelines.yml', 'jenkinsfile', 'bitbucket-pipelines.yml', '.travis.yml', '.drone.yml'],
  ...['.woodpecker.yml', 'appveyor.yml', '.appveyor.yml', '.cirrus.yml', 'cloudbuild.yaml', 'buildspec.yml'],
  ...['.pre-commit-config.yaml', 'lefthook.yml', '.lefthook.yml', 'renovate.json', 'renovate.json5', '.renovaterc'],
  ...['.renovaterc.json', 'replit.md'],
]);

type Protection = Pick<Config, 'protect' | 'unprotect'> & Naming;

/**
 * A function that tells if a file is protected, because it controls CI, agents, package managers or git. No segment may
 * change such a file. A repository can release built-in ones with `unprotect` and add others with `protect`.
 *
 * @param before the files that the change started from: what lies next to a SKILL.md belongs to that skill.
 * @param linked files and directories that a link among agents' files leads to: agents read them by the name of the link.
 */
export function protectedBy(
  { protect, unprotect, ...naming }: Protection,
  before: readonly string[],
  linked: readonly string[] = [],
): (path: string) => boolean {
  const isOwn = scopeMatcher(protect);
  const isOwnFolded = scopeMatcher(protect.map(fold));
  const isFree = scopeMatcher(unprotect);
  const { folders, files } = namedPlaces(naming, fold);
  const followed = linked.map(fold);
  const closed = new Set([...folders, ...skillFolders(before), ...followed]);
  return (path) => {
    const folded = fold(path);
    if (isOwn(path) || isOwnFolded(folded)) return true;
    const isSteering =
      isBuiltIn(path, folded) || files.has(folded) || followed.includes(folded) || isBelow(folded, closed);
    return isSteering && !isFree(path);
  };
}

/** Folders of skills: agents run the scripts there. The root is none, though a repository may be one skill as a whole. */
const skillFolders = (paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => {
    const slash = path.lastIndexOf('/');
    return slash > 0 && fold(path.slice(slash + 1)) === 'skill.md' ? [fold(path.slice(0, slash))] : [];
  });

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    if (folders.has(path.slice(0, end))) return true;
  }
  return false;
}

function isBuiltIn(path: string, folded: string): boolean {
  const parts = folded.split('/');
  const directories = parts.slice(0, -1);
  const name = parts.at(-1) ?? '';
  return (
    steersAgents(path, folded) ||
    directories[0]?.startsWith('.') === true ||
    directories.some((each) => PROTECTED_DIRECTORIES.has(each)) ||
    PROTECTED_NAMES.has(name) ||
    name.endsWith('.code-workspace') ||
    (directories.length === 0 && PROTECTED_AT_ROOT.has(name))
  );
}

export interface NamedChange {
  readonly path: string;
  readonly status: 'A' | 'M' | 'D' | 'T';
  /** Git's modes before and after; `000000` if the file does not exist then. */
  readonly modes: readonly [string, string];
}

/**
 * Changed files that a person has to look at: files that define gates or that the command of one names, and new executables
 * (R11.5).
 */
export function attentionOf(changes: readonly NamedChange[], config: Naming): readonly string[] {
  const { shown: named } = namedPlaces(config, fold);
  return changes.flatMap(({ path, status, modes }) => {
    const shown = showPath(path);
    const folded = fold(path);
    const steers = steersGates(folded) || named.has(folded);
    if (status === 'D') return steers ? [`${shown} (deleted)`] : [];
    if (!steers && standsForPackage(folded)) return [`${shown} (a copy of a package)`];
    const runs = modes[1] === '100755' && modes[0] !== '100755';
    return steers || runs ? [runs ? `${shown} (is executable now)` : shown] : [];
  });
}

/**
 * Files that tools load in the place of a package: installed and vendored packages, mocks that Jest takes for every test, and
 * files with the name or the namespace of a test library.
 */
const STANDS_FOR_PACKAGE = new RegExp(
  [
    '(?:^|/)(?:node_modules|bower_components|site-packages|dist-packages|_vendor)/',
    '(?:^|/)vendor/(?:bundle|cache|gems|modules\\.txt$|[^/]+\\.[a-z]{2,}/|[^/]+/[^/]+/(?:.*\\.php$|composer\\.json$))|^deps/[^/]+/(?:lib|mix\\.exs)',
    '^__mocks__/',
    '(?:^|/)(?:pytest|_pytest|unittest|nose2?|hypothesis|minitest|rspec)(?:\\.(?:py|rb)$|/__init__\\.py$)',
    '(?:^|/)(?:org/(?:junit|testng|assertj|hamcrest|mockito)|kotlin/test|phpunit/framework|nunit/framework)/',
  ].join('|'),
);

const standsForPackage = (folded: string): boolean => STANDS_FOR_PACKAGE.test(folded);

/** Finds new files and directories that some file system treats as equal to another one of the same tree. */
export function findCollisions(
  added: readonly string[],
  all: readonly string[],
): readonly { readonly path: string; readonly other: string }[] {
  const spelled = new Map<string, string>();
  const isNew = new Set(added);
  const found: { path: string; other: string }[] = [];
  // Files that existed before keep their name.
  for (const path of [...all.filter((each) => !isNew.has(each)), ...added]) {
    let end = path.indexOf('/');
    for (let last = false; !last; end = path.indexOf('/', end + 1)) {
      last = end < 0;
      const prefix = last ? path : path.slice(0, end);
      const folded = fold(prefix);
      const other = spelled.get(folded);
      if (other === undefined) spelled.set(folded, prefix);
      else if (other !== prefix && isNew.has(path)) {
        found.push({ path, other });
        break;
      }
    }
  }
  return found;
}
