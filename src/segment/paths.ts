/**
 * Names of files that a change may not use, may not touch, or that a person has to look at (threats §3.2 T15, §3.5).
 *
 * Names are compared folded: GitHub's runners and people's machines may not tell `.GitHub` from `.github`, nor a letter
 * from its look-alike in another width.
 */
import type { Config } from '#core/config';
import { isInside } from '#core/scope';

const MAX_PATH_BYTES = 4_096;
const MAX_NAME_BYTES = 255;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;
/** Names of devices on Windows, with any extension. @see https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The name as a person can see it, on one line. */
export const showPath = (path: string): string =>
  path
    .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]|[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `\\u{${code.toString(16)}}`;
    })
    .slice(0, 500);

/** One form for all spellings that some file system takes for the same. */
export const fold = (path: string): string =>
  path.normalize('NFKC').replace(new RegExp(INVISIBLE, 'gu'), '').toLowerCase().normalize('NFC');

/** Why no file may have this name, as a clause; undefined where it may. */
export function pathFault(bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_PATH_BYTES) return `it is longer than ${MAX_PATH_BYTES} bytes`;
  let path: string;
  try {
    path = strictUtf8.decode(bytes);
  } catch {
    return 'it is not UTF-8';
  }
  if (CONTROL.test(path)) return 'it holds a control character or a line break';
  if (INVISIBLE.test(path)) return 'it holds a character that cannot be seen';
  if (path.includes('\\')) return 'a backslash parts directories on Windows';
  if (/^[a-z]:/i.test(path) || path.startsWith('/')) return 'it begins at the root of a disk';
  if (/[:*?"<>|]/.test(path)) return 'it holds a character that Windows does not take (one of : * ? " < > |)';
  if (path.startsWith('-')) return 'it begins with a dash, and would be read as an option';
  for (const name of path.split('/')) {
    const fault = nameFault(name);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function nameFault(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'it leads out of its place';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `a part of it is longer than ${MAX_NAME_BYTES} bytes`;
  if (/[. ]$/.test(name)) return 'a part of it ends with a dot or a blank, which Windows drops';
  if (DEVICE.test(name)) return 'it is the name of a device on Windows';
  const folded = fold(name).replace(/[. ]+$/, '');
  if (folded === '.git' || /^git~\d/.test(folded)) return 'it is inside git’s own directory';
  return undefined;
}

const PROTECTED_NAMES = new Set(
  [
    ...['CODEOWNERS', 'AGENTS.md', 'AGENTS.override.md', 'CLAUDE.md', 'CLAUDE.local.md', 'GEMINI.md', '.mcp.json'],
    ...['.gitmodules', '.gitattributes', '.npmrc', '.yarnrc', '.yarnrc.yml', '.pnpmfile.cjs', 'bunfig.toml'],
    ...['pip.conf', '.pypirc', '.netrc', 'nuget.config'],
  ].map((name) => name.toLowerCase()),
);
const PROTECTED_AT_ROOT = new Set([
  ...['.gitlab-ci.yml', 'azure-pipelines.yml', 'jenkinsfile', 'bitbucket-pipelines.yml'],
  ...['.travis.yml', '.drone.yml', 'appveyor.yml', '.pre-commit-config.yaml', 'lefthook.yml', '.cursorrules'],
]);

/**
 * Whether no segment may change it: what steers CI, agents, package managers and git itself. A repository can give
 * built-in ones free with `unprotect`, and add others with `protect`.
 */
export function isProtected(path: string, config: Pick<Config, 'protect' | 'unprotect'>): boolean {
  const folded = fold(path);
  if (config.protect.length > 0 && (isInside(path, config.protect) || isInside(folded, config.protect))) return true;
  const parts = folded.split('/');
  const [first = ''] = parts;
  const builtIn =
    (parts.length > 1 && first.startsWith('.')) ||
    PROTECTED_NAMES.has(parts.at(-1) ?? '') ||
    (parts.length === 1 && PROTECTED_AT_ROOT.has(first));
  return builtIn && !(config.unprotect.length > 0 && isInside(path, config.unprotect));
}

/** Names of files by which gates are defined: scripts, dependencies, configs of linters, compilers and test runners. */
const STEERS_GATES = new RegExp(
  [
    'package\\.json|package-lock\\.json|npm-shrinkwrap\\.json|pnpm-lock\\.yaml|pnpm-workspace\\.yaml|yarn\\.lock|bun\\.lockb?',
    'deno\\.jsonc?|deno\\.lock|tsconfig[^/]*\\.json|jsconfig\\.json|biome\\.jsonc?|turbo\\.json|nx\\.json|lerna\\.json',
    '(?:eslint|vitest|vite|jest|playwright|cypress|rollup|webpack|babel|prettier|karma|ava|wdio|stryker)\\.(?:config|workspace|setup)\\.[^/]+',
    '\\.(?:eslintrc|prettierrc|stylelintrc|oxlintrc|mocharc|nycrc|c8rc|swcrc|babelrc|lintstagedrc)[^/]*',
    '\\.(?:gitignore|npmignore|eslintignore|prettierignore|dockerignore|secretlintignore|gitleaksignore)',
    'makefile|gnumakefile|justfile|taskfile\\.ya?ml|mise\\.toml|dockerfile|rakefile|gemfile(?:\\.lock)?|\\.rubocop\\.yml|\\.rspec',
    'pyproject\\.toml|setup\\.(?:cfg|py)|tox\\.ini|noxfile\\.py|pytest\\.ini|conftest\\.py|mypy\\.ini|ruff\\.toml|\\.flake8|requirements[^/]*\\.txt|uv\\.lock|poetry\\.lock|pipfile(?:\\.lock)?',
    'go\\.(?:mod|sum|work)|\\.golangci\\.ya?ml|cargo\\.(?:toml|lock)|clippy\\.toml|rust-toolchain(?:\\.toml)?|build\\.rs',
    'pom\\.xml|build\\.gradle(?:\\.kts)?|settings\\.gradle(?:\\.kts)?|gradle\\.properties|directory\\.build\\.[^/]+|[^/]+\\.csproj|global\\.json',
    'composer\\.(?:json|lock)|phpunit\\.xml(?:\\.dist)?|phpstan\\.neon(?:\\.dist)?|mix\\.(?:exs|lock)|\\.credo\\.exs|cmakelists\\.txt|meson\\.build',
  ].join('|'),
);
const WHOLE_NAME = new RegExp(`^(?:${STEERS_GATES.source})$`);
const TEST_FILE = /(?:^|\/)(?:tests?|__tests__|specs?)\/|[._-](?:test|spec)\.[^/]+$|(?:^|\/)test_[^/]+$/;

/** Changed files that change how gates run, and tests that are taken away; shown to a person (R11.5). */
export const attentionOf = (
  changes: readonly { readonly path: string; readonly status: string }[],
): readonly string[] =>
  changes
    .filter(({ path, status }) => {
      const folded = fold(path);
      return WHOLE_NAME.test(folded.split('/').at(-1) ?? '') || (status === 'D' && TEST_FILE.test(folded));
    })
    .map(({ path, status }) => (status === 'D' ? `${showPath(path)} (deleted)` : showPath(path)))
    .sort();

/** New files or directories that some file system takes for another one of the same tree. */
export function collisions(
  added: readonly string[],
  all: readonly string[],
): readonly { readonly path: string; readonly other: string }[] {
  const spelled = new Map<string, string>();
  const isNew = new Set(added);
  const found: { path: string; other: string }[] = [];
  // What was there first has the name.
  for (const path of [...all.filter((each) => !isNew.has(each)), ...added]) {
    let end = path.indexOf('/');
    for (let last = false; !last; end = path.indexOf('/', end + 1)) {
      last = end < 0;
      const place = last ? path : path.slice(0, end);
      const folded = fold(place);
      const other = spelled.get(folded);
      if (other === undefined) spelled.set(folded, place);
      else if (other !== place && isNew.has(path)) {
        found.push({ path, other });
        break;
      }
    }
  }
  return found;
}
