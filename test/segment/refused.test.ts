/**
 * What publish refuses: each change with the first line that people read of it, its code, and whether it may at least lie
 * on a branch for them to look at.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/schema.ts';
import type { Config } from '../../src/core/model/config.ts';
import type { Problem } from '../../src/core/model/problem.ts';
import { applyPatch, judgeTree, LIMITS } from '../../src/git/patch.ts';
import { Store } from '../../src/git/store.ts';
import { formatProblem } from '../../src/words/problems.ts';
import { adds, commitOf, type Files, treeOf } from './rig.ts';

const BASE: Files = {
  'README.md': '# Desk\n',
  'package.json': '{"scripts":{"test":"node --test"}}\n',
  'src/cart.ts': 'export const cart = [];\n\nexport const total = 0;\n',
  'src/old.ts': 'export {};\n',
  'test/cart.test.ts': "it('adds', () => {});\nit('counts', () => {});\n",
  '.github/workflows/ci.yml': 'on: push\n',
  '.github/dependabot.yml': 'version: 2\n',
  CODEOWNERS: '* @ana\n',
  link: { mode: '120000', content: 'src' },
  vendored: { mode: '160000', content: 'a'.repeat(40) },
};

const config = defaultConfig();

// One store for all of them: nothing is ever changed in it, only added.
let directory = '';
let shared: Promise<{ store: Store; base: string }> | undefined;

const ground = (): Promise<{ store: Store; base: string }> => {
  shared ??= (async () => {
    directory = await mkdtemp(join(tmpdir(), 'swarm-refused-'));
    const store = await Store.make(directory);
    return { store, base: await commitOf(store, BASE) };
  })();
  return shared;
};

afterAll(() => rm(directory, { recursive: true, force: true }));

/** `fine`, or the first line of what people read; and what becomes of the work. */
type Verdict = readonly [said: string, work: 'kept' | 'not kept' | ''];

const firstLine = (problem: Problem): string => formatProblem(problem).split('\n', 1)[0] ?? '';

async function judged(tree: string, scope: readonly string[], more: Partial<Config>): Promise<Verdict> {
  const { store, base } = await ground();
  const { problems, keep } = await judgeTree(store, base, tree, {
    scope,
    config: { ...config, ...more },
    known: [KNOWN],
  });
  const [first] = problems;
  return first ? [firstLine(first), keep === 'may be kept' ? 'kept' : 'not kept'] : ['fine', ''];
}

const KNOWN = 'the-value-of-1-model-key';

async function verdictOnPatch(patch: string | Buffer, scope: readonly string[] = [], more: Partial<Config> = {}) {
  const { store, base } = await ground();
  const applied = await applyPatch(store, base, Buffer.from(patch));
  return applied.kind === 'refused'
    ? ([firstLine(applied.problem), 'not kept'] as const)
    : judged(applied.tree, scope, more);
}

async function verdictOnTree(files: Files, scope: readonly string[] = [], more: Partial<Config> = {}) {
  const { store } = await ground();
  return judged(await treeOf(store, files), scope, more);
}

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
const git = (from: string, to: string, ...rest: readonly string[]): string =>
  lines(`diff --git a/${from} b/${to}`, ...rest);
const edit = (path: string, from: string, to: string): string =>
  git(path, path, `--- a/${path}`, `+++ b/${path}`, '@@ -1,1 +1,1 @@', `-${from}`, `+${to}`);
const renames = (from: string, to: string): string =>
  git(from, to, 'similarity index 100%', `rename from ${from}`, `rename to ${to}`);
const copies = (from: string, to: string): string =>
  git(from, to, 'similarity index 100%', `copy from ${from}`, `copy to ${to}`);
const deletes = (path: string, text: string): string =>
  git(path, path, 'deleted file mode 100644', `--- a/${path}`, '+++ /dev/null', '@@ -1 +0,0 @@', `-${text}`);
const traditional = (path: string): string => lines(`--- a/${path}`, `+++ b/${path}`, '@@ -0,0 +1 @@', '+evil');

const WORKFLOW = '.github/workflows/ci.yml';

const PATCHES: readonly (readonly [what: string, patch: string | Buffer, said: string, work: 'kept' | 'not kept'])[] = [
  [
    'a hook',
    adds('.git/hooks/pre-push'),
    'The file name ".git/hooks/pre-push" is refused: it is inside git’s own directory.  [BAD_PATH]',
    'not kept',
  ],
  [
    'capitals',
    adds('.GIT/config'),
    'The file name ".GIT/config" is refused: it is inside git’s own directory.  [BAD_PATH]',
    'not kept',
  ],
  [
    'mixed, in a directory',
    adds('sub/.Git/config'),
    'The file name "sub/.Git/config" is refused: it is inside git’s own directory.  [BAD_PATH]',
    'not kept',
  ],
  [
    'the short name',
    adds('git~1/config'),
    'The file name "git~1/config" is refused: it is inside git’s own directory.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a character that HFS ignores',
    adds('.g\u200cit/config'),
    'The file name ".g\\u{200c}it/config" is refused: it contains an invisible character.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a blank at the end',
    adds('.git /config'),
    'The file name ".git\\u{20}/config" is refused: one of its parts ends with a dot or a space, which Windows removes.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a dot at the end',
    adds('.git./config'),
    'The file name ".git./config" is refused: one of its parts ends with a dot or a space, which Windows removes.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a stream of NTFS',
    adds('.git::$INDEX_ALLOCATION/config'),
    'The file name ".git::$INDEX_ALLOCATION/config" is refused: it contains a character that Windows does not allow (one of : * ? " < > |).  [BAD_PATH]',
    'not kept',
  ],
  [
    'a parent',
    adds('../x'),
    'The file name "../x" is refused: one of its parts is empty, "." or "..".  [BAD_PATH]',
    'not kept',
  ],
  [
    'a parent further in',
    adds('a/../../x'),
    'The file name "a/../../x" is refused: one of its parts is empty, "." or "..".  [BAD_PATH]',
    'not kept',
  ],
  [
    'a file behind a symbolic link',
    adds('link/x.ts'),
    'The file name "link/x.ts" is refused: it is behind a symbolic link.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a parent by backslash',
    adds('..\\x'),
    'The file name "..\\x" is refused: it contains a backslash, which separates directories on Windows.  [BAD_PATH]',
    'not kept',
  ],
  ['a drive', adds('C:/x'), 'The file name "C:/x" is refused: it is an absolute path.  [BAD_PATH]', 'not kept'],
  [
    'a device',
    adds('src/CON'),
    'The file name "src/CON" is refused: it is the name of a device on Windows.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a device with an extension',
    adds('src/aux.js'),
    'The file name "src/aux.js" is refused: it is the name of a device on Windows.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a short name of .github',
    adds('GITHUB~1/x'),
    'The file name "GITHUB~1/x" is refused: on Windows it is the short name of another file.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a colon',
    adds('src/a:b'),
    'The file name "src/a:b" is refused: it contains a character that Windows does not allow (one of : * ? " < > |).  [BAD_PATH]',
    'not kept',
  ],
  [
    'a leading dash',
    adds('-rf'),
    'The file name "-rf" is refused: it starts with a dash, so programs would read it as an option.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a dot at the end of a name',
    adds('src/x.'),
    'The file name "src/x." is refused: one of its parts ends with a dot or a space, which Windows removes.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a symbolic link to a file of the machine',
    adds('evil', '/etc/passwd', '120000'),
    '"evil" is not an ordinary file but a symbolic link (mode 120000).  [FILE_MODE]',
    'not kept',
  ],
  [
    'a symbolic link out of the tree',
    adds('src/up', '../../other', '120000'),
    '"src/up" is not an ordinary file but a symbolic link (mode 120000).  [FILE_MODE]',
    'not kept',
  ],
  [
    'a symbolic link to hooks',
    adds('hooks', '.git/hooks', '120000'),
    '"hooks" is not an ordinary file but a symbolic link (mode 120000).  [FILE_MODE]',
    'not kept',
  ],
  [
    'a symbolic link to a symbolic link',
    adds('chain', 'link', '120000'),
    '"chain" is not an ordinary file but a symbolic link (mode 120000).  [FILE_MODE]',
    'not kept',
  ],
  [
    'a symbolic link that is led elsewhere',
    git(
      'link',
      'link',
      'index 1..2 120000',
      '--- a/link',
      '+++ b/link',
      '@@ -1 +1 @@',
      '-src',
      '\\ No newline at end of file',
      '+/etc',
      '\\ No newline at end of file',
    ),
    '"link" is not an ordinary file but a symbolic link (mode 120000).  [FILE_MODE]',
    'not kept',
  ],
  [
    'a workflow',
    adds('.github/workflows/h.yml'),
    'The change touches protected files: ".github/workflows/h.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'an edit of a workflow',
    edit(WORKFLOW, 'on: push', 'on: issues'),
    'The change touches protected files: ".github/workflows/ci.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a workflow by rename',
    renames('README.md', '.github/workflows/r.yml'),
    'The change touches protected files: ".github/workflows/r.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a workflow renamed away',
    renames(WORKFLOW, 'ci.yml'),
    'The change touches protected files: ".github/workflows/ci.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a workflow by copy',
    copies(WORKFLOW, '.github/workflows/c.yml'),
    'The change touches protected files: ".github/workflows/c.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a workflow by another case',
    adds('.GitHub/workflows/h.yml'),
    'The change touches protected files: ".GitHub/workflows/h.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a workflow further in',
    adds('packages/a/.github/workflows/h.yml'),
    'The change touches protected files: "packages/a/.github/workflows/h.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a workflow further in, by another case',
    adds('packages/a/.GitHub/workflows/h.yml'),
    'The change touches protected files: "packages/a/.GitHub/workflows/h.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a workflow of a forge without a name here',
    adds('.forgejo/workflows/h.yml'),
    'The change touches protected files: ".forgejo/workflows/h.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a workflow by a traditional diff',
    traditional('.github/workflows/h.yml'),
    'The change touches protected files: ".github/workflows/h.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a workflow hidden behind a short hunk',
    `${adds('src/a.ts', 'export {};\n')}${traditional('.github/workflows/h.yml')}`,
    'The change touches protected files: ".github/workflows/h.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a workflow that is deleted',
    deletes(WORKFLOW, 'on: push'),
    'The change touches protected files: ".github/workflows/ci.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'who owns what',
    edit('CODEOWNERS', '* @ana', '* @eve'),
    'The change touches protected files: "CODEOWNERS".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'who owns what, taken away',
    deletes('CODEOWNERS', '* @ana'),
    'The change touches protected files: "CODEOWNERS".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'updates of dependencies',
    edit('.github/dependabot.yml', 'version: 2', 'version: 1'),
    'The change touches protected files: ".github/dependabot.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'an action',
    adds('.github/actions/a/action.yml'),
    'The change touches protected files: ".github/actions/a/action.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'hooks of husky',
    adds('packages/a/.husky/pre-commit'),
    'The change touches protected files: "packages/a/.husky/pre-commit".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'instructions for agents',
    adds('docs/CLAUDE.md'),
    'The change touches protected files: "docs/CLAUDE.md".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a skill',
    adds('skills/deploy/SKILL.md'),
    'The change touches protected files: "skills/deploy/SKILL.md".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'settings of an agent',
    adds('packages/a/.claude/settings.json'),
    'The change touches protected files: "packages/a/.claude/settings.json".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'a server of tools for agents',
    adds('.mcp.json'),
    'The change touches protected files: ".mcp.json".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'attributes with a filter',
    adds('src/.gitattributes', '* filter=evil\n'),
    'The change touches protected files: "src/.gitattributes".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'submodules',
    adds('.gitmodules', '[submodule "x"]\n'),
    'The change touches protected files: ".gitmodules".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'an npm config',
    adds('packages/a/.npmrc', 'registry=http://localhost\n'),
    'The change touches protected files: "packages/a/.npmrc".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'the config of swarm',
    adds('.github/swarm.yml', 'approvals: 0\n'),
    'The change touches protected files: ".github/swarm.yml".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'another case of a directory',
    adds('SRC/a.ts'),
    '"SRC/a.ts" and "src" are the same file on some systems.  [PATH_COLLISION]',
    'kept',
  ],
  [
    'another case of a file',
    adds('readme.md'),
    '"readme.md" and "README.md" are the same file on some systems.  [PATH_COLLISION]',
    'kept',
  ],
  [
    'a file named as a directory in another case',
    adds('Src'),
    '"Src" and "src" are the same file on some systems.  [PATH_COLLISION]',
    'kept',
  ],
  [
    'a dotless i',
    adds('lıb/a.ts') + adds('lib/b.ts'),
    '"lıb/a.ts" and "lib" are the same file on some systems.  [PATH_COLLISION]',
    'kept',
  ],
  [
    'a private key',
    adds('key.pem', pem()),
    'The change seems to contain a secret: "key.pem:1" (private key).  [SECRET_IN_PATCH]',
    'not kept',
  ],
  [
    'a token',
    adds('src/t.ts', `const t = '${token()}';\n`),
    'The change seems to contain a secret: "src/t.ts:1" (GitHub token).  [SECRET_IN_PATCH]',
    'not kept',
  ],
  [
    'a token that asks to be passed over',
    adds('src/t.ts', `// secretlint-disable\nconst t = '${token()}';\n`),
    'The change seems to contain a secret: "src/t.ts:2" (GitHub token).  [SECRET_IN_PATCH]',
    'not kept',
  ],
  [
    'a password in an address that asks to be passed over',
    adds('src/t.ts', `// secretlint-disable\nconst at = 'https://ana:${'hunter'.concat('2000')}@db.harbour.dev/';\n`),
    'The change seems to contain a secret: "src/t.ts:2" (basicauth).  [SECRET_IN_PATCH]',
    'not kept',
  ],
  [
    'a token with an allow mark',
    adds('src/t.ts', `const t = '${token()}'; // gitleaks:allow\n`),
    'The change seems to contain a secret: "src/t.ts:1" (GitHub token).  [SECRET_IN_PATCH]',
    'not kept',
  ],
  [
    'a token in a name',
    adds(`src/${token()}.ts`),
    'The change seems to contain a secret: "src/***" (in the file name).  [SECRET_IN_PATCH]',
    'not kept',
  ],
  [
    'a value that the job knows',
    adds('src/k.ts', `const k = '${KNOWN}';\n`),
    'The change seems to contain a secret: "src/k.ts:1" (a value of the job\'s environment).  [SECRET_IN_PATCH]',
    'not kept',
  ],
  [
    'a value that the job knows, in base64',
    adds('src/k.ts', `const k = '${Buffer.from(KNOWN).toString('base64')}';\n`),
    'The change seems to contain a secret: "src/k.ts:1" (a value of the job\'s environment).  [SECRET_IN_PATCH]',
    'not kept',
  ],
  [
    'a password in the text',
    adds('src/p.ts', `const password = 'Zk9tr0ub4dorXyQ7mN2w';\n`),
    'The change seems to contain a secret: "src/p.ts:1" (a password or key in the text).  [SECRET_IN_PATCH]',
    'not kept',
  ],
  [
    'a pointer into LFS',
    adds('film.mp4', `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 9\n`),
    '"film.mp4" points to a file in Git LFS, and that file is not in the change.  [LFS_POINTER]',
    'kept',
  ],
  [
    'two names for one file',
    edit('README.md', '# Desk', 'x').replace('+++ b/README.md', '+++ b/.github/x'),
    'The change touches protected files: ".github/x".  [PROTECTED_PATH]',
    'not kept',
  ],
  ['nothing', '', 'The change does not apply to its base.  [PATCH_CONFLICT]', 'not kept'],
  ['no patch at all', 'hello\n', 'The change does not apply to its base.  [PATCH_CONFLICT]', 'not kept'],
  [
    'another text than the base has',
    edit('README.md', '# Other', '# Counter'),
    'The change does not apply to its base.  [PATCH_CONFLICT]',
    'not kept',
  ],
  [
    'a context that is near',
    edit('src/cart.ts', 'export const cart = [] ;', 'x'),
    'The change does not apply to its base.  [PATCH_CONFLICT]',
    'not kept',
  ],
  ['a file that is there', adds('README.md'), 'The change does not apply to its base.  [PATCH_CONFLICT]', 'not kept'],
  [
    'a file that is not there',
    edit('src/none.ts', 'a', 'b'),
    'The change does not apply to its base.  [PATCH_CONFLICT]',
    'not kept',
  ],
  [
    'a rename of another file than it names',
    git('README.md', 'b.md', 'similarity index 100%', 'rename from src/none.ts', 'rename to b.md'),
    'The change does not apply to its base.  [PATCH_CONFLICT]',
    'not kept',
  ],
  [
    'a corrupt binary',
    git('x', 'x', 'new file mode 100644', 'GIT binary patch', 'literal 5', 'zzz', ''),
    'The change does not apply to its base.  [PATCH_CONFLICT]',
    'not kept',
  ],
  [
    'a mode of a submodule',
    git(
      'sub',
      'sub',
      'new file mode 160000',
      'index 0000000..1111111',
      '--- /dev/null',
      '+++ b/sub',
      '@@ -0,0 +1 @@',
      `+Subproject commit ${'b'.repeat(40)}`,
    ),
    '"sub" is not an ordinary file but a submodule (mode 160000).  [FILE_MODE]',
    'not kept',
  ],
  [
    'a submodule that is led elsewhere',
    git(
      'vendored',
      'vendored',
      `index ${'a'.repeat(40)}..${'b'.repeat(40)} 160000`,
      '--- a/vendored',
      '+++ b/vendored',
      '@@ -1 +1 @@',
      `-Subproject commit ${'a'.repeat(40)}`,
      `+Subproject commit ${'b'.repeat(40)}`,
    ),
    '"vendored" is not an ordinary file but a submodule (mode 160000).  [FILE_MODE]',
    'not kept',
  ],
];

const { 'src/old.ts': _old, 'test/cart.test.ts': _test, ...REST } = BASE;
const { vendored: _vendored, ...WITHOUT_SUBMODULE } = BASE;
const many = (count: number): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`f/${at}.txt`, 'x\n']));

const TREES: readonly (readonly [what: string, files: Files, said: string, work: 'kept' | 'not kept'])[] = [
  [
    'a bidirectional override in a name',
    { ...BASE, 'src/\u202ecod.ts': 'x' },
    'The file name "src/\\u{202e}cod.ts" is refused: it contains an invisible character.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a line break in a name',
    { ...BASE, 'src/a\nb': 'x' },
    'The file name "src/a\\u{a}b" is refused: it contains a control character or a line break.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a tab in a name',
    { ...BASE, 'src/a\tb': 'x' },
    'The file name "src/a\\u{9}b" is refused: it contains a control character or a line break.  [BAD_PATH]',
    'not kept',
  ],
  [
    'an escape in a name',
    { ...BASE, 'src/\x1b[2Ja': 'x' },
    'The file name "src/\\u{1b}[2Ja" is refused: it contains a control character or a line break.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a blank at the end of a name',
    { ...BASE, 'src/a ': 'x' },
    'The file name "src/a\\u{20}" is refused: one of its parts ends with a dot or a space, which Windows removes.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a name of 256 bytes',
    { ...BASE, [`src/${'a'.repeat(256)}`]: 'x' },
    'The file name "src/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" is refused: one of its parts is longer than 255 bytes.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a path of 4,097 bytes',
    { ...BASE, [`${`${'a'.repeat(240)}/`.repeat(17)}b`]: 'x' },
    'The file name "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" is refused: it is longer than 4096 bytes.  [BAD_PATH]',
    'not kept',
  ],
  [
    'a question mark in a name',
    { ...BASE, 'src/a?.ts': 'x' },
    'The file name "src/a?.ts" is refused: it contains a character that Windows does not allow (one of : * ? " < > |).  [BAD_PATH]',
    'not kept',
  ],
  [
    'a link to a commit',
    { ...BASE, sub: { mode: '160000', content: 'a'.repeat(40) } },
    '"sub" is not an ordinary file but a submodule (mode 160000).  [FILE_MODE]',
    'not kept',
  ],
  [
    'a submodule that is gone',
    WITHOUT_SUBMODULE,
    '"vendored" is not an ordinary file but a submodule (mode 160000).  [FILE_MODE]',
    'not kept',
  ],
  [
    'a file that becomes a symbolic link',
    { ...BASE, 'README.md': { mode: '120000', content: 'src' } },
    '"README.md" is not an ordinary file but a symbolic link (mode 120000).  [FILE_MODE]',
    'not kept',
  ],
  [
    'full width letters',
    { ...BASE, '．github/x': 'x' },
    'The change touches protected files: "．github/x".  [PROTECTED_PATH]',
    'not kept',
  ],
  [
    'composed and decomposed letters',
    { ...BASE, 'src/\u00e9.ts': 'x', 'src/e\u0301.ts': 'y' },
    '"src/é.ts" and "src/e\\u{301}.ts" are the same file on some systems.  [PATH_COLLISION]',
    'kept',
  ],
  ['a binary', { ...BASE, 'logo.png': Buffer.from([1, 0, 2]) }, '"logo.png" is binary.  [BINARY_FILE]', 'kept'],
  [
    'a token in a binary',
    { ...BASE, 'logo.png': Buffer.from(`\0\0${token()}\0`) },
    'The change seems to contain a secret: "logo.png:1" (GitHub token).  [SECRET_IN_PATCH]',
    'not kept',
  ],
  [
    'a blob that is too big',
    { ...BASE, 'big.txt': `${'a'.repeat(99)}\n`.repeat(11_000) },
    'The change is too large: 1,100,000 bytes in one file; the limit is 1,048,576.  [PATCH_LIMIT]',
    'not kept',
  ],
  [
    'too many lines',
    { ...BASE, 'long.txt': 'a\n'.repeat(LIMITS.addedLines + 2) },
    'The change is too large: 20,002 added lines; the limit is 20,000.  [PATCH_LIMIT]',
    'kept',
  ],
  [
    'too many files',
    { ...BASE, ...many(LIMITS.files + 1) },
    'The change is too large: 101 changed files; the limit is 100.  [PATCH_LIMIT]',
    'kept',
  ],
  ['everything gone', {}, '"vendored" is not an ordinary file but a submodule (mode 160000).  [FILE_MODE]', 'not kept'],
];

const IN_SCOPE: readonly (readonly [
  what: string,
  files: Files,
  scope: readonly string[],
  said: string,
  work: 'kept' | 'not kept',
])[] = [
  [
    'a file beside the scope',
    { ...BASE, 'lib/a.ts': 'x\n' },
    ['src/**'],
    'The change goes outside the segment\'s file scope: "lib/a.ts".  [OUT_OF_SCOPE]',
    'kept',
  ],
  [
    'tests outside of the scope',
    { ...BASE, 'test/cart.test.ts': 'x\n' },
    ['src/**'],
    'The change goes outside the segment\'s file scope: "test/cart.test.ts".  [OUT_OF_SCOPE]',
    'kept',
  ],
  [
    'deletions outside of the scope',
    REST,
    ['lib/**'],
    'The change goes outside the segment\'s file scope: "src/old.ts" and "test/cart.test.ts".  [OUT_OF_SCOPE]',
    'kept',
  ],
  [
    'what the scope takes away',
    { ...BASE, 'src/gen/a.ts': 'x\n' },
    ['src/**', '!src/gen/**'],
    'The change goes outside the segment\'s file scope: "src/gen/a.ts".  [OUT_OF_SCOPE]',
    'kept',
  ],
  [
    'the lock file alone',
    { ...BASE, 'package-lock.json': '{}\n' },
    ['src/**'],
    'The change goes outside the segment\'s file scope: "package-lock.json".  [OUT_OF_SCOPE]',
    'kept',
  ],
];

describe('publish refuses (R11.3)', () => {
  it.each(PATCHES)('a patch with %s', async (_, patch, said, work) => {
    expect(await verdictOnPatch(patch)).toEqual([said, work]);
  });

  it.each(TREES)('a tree with %s', async (_, files, said, work) => {
    expect(await verdictOnTree(files)).toEqual([said, work]);
  });

  it.each(IN_SCOPE)('a change of %s', async (_, files, scope, said, work) => {
    expect(await verdictOnTree(files, scope)).toEqual([said, work]);
  });
});

/** Not written out, so that no scanner of this repository finds them. */
function token(): string {
  return ['gh', 'p_', 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3hJ5'].join('');
}

function pem(): string {
  const body = createHash('sha512')
    .update('key')
    .digest('base64')
    .repeat(4)
    .replace(/(.{64})/g, '$1\n');
  return ['-----BEGIN RSA PRIV', `ATE KEY-----\n${body}\n-----END RSA PRIV`, 'ATE KEY-----\n'].join('');
}
