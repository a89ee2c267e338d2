import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/schema.ts';
import { Store } from '../../src/segment/git.ts';
import {
  addedLines,
  applyPatch,
  type Judgement,
  judgeTree,
  LIMITS,
  makePatch,
  packPatch,
  unpackPatch,
} from '../../src/segment/patch.ts';
import { pathFault } from '../../src/segment/paths.ts';
import { adds, commitOf, contentAt, type Files, makeStore, treeOf } from './rig.ts';

const BASE: Files = {
  'README.md': '# Desk\n',
  'package.json': '{"scripts":{"test":"node --test"}}\n',
  'src/cart.ts': 'export const cart = [];\n\nexport const total = 0;\n',
  'src/old.ts': 'export {};\n',
  'test/cart.test.ts': 'cart();\n',
  '.github/workflows/ci.yml': 'on: push\n',
  link: { mode: '120000', content: 'src' },
};

const config = defaultConfig();

// One store for all of them: nothing is ever changed in it, only added.
let directory = '';
let shared: Promise<{ store: Store; base: string }> | undefined;

async function ground(): Promise<{ store: Store; base: string }> {
  shared ??= (async () => {
    directory = await mkdtemp(join(tmpdir(), 'swarm-patch-'));
    const store = await Store.make(directory);
    return { store, base: await commitOf(store, BASE) };
  })();
  return shared;
}

afterAll(() => rm(directory, { recursive: true, force: true }));

/** What becomes of a patch: the kinds of problems, or `fine`. */
async function verdictOn(patch: string | Buffer, scope: readonly string[] = []): Promise<string> {
  const { store, base } = await ground();
  const applied = await applyPatch(store, base, Buffer.from(patch));
  if (applied.kind === 'refused') return applied.problem.kind;
  return said(await judgeTree(store, base, applied.tree, { scope, config }));
}

/** What becomes of a tree, however it came to be. */
async function verdictOnTree(files: Files, scope: readonly string[] = []): Promise<string> {
  const { store, base } = await ground();
  return said(await judgeTree(store, base, await treeOf(store, { ...BASE, ...files }), { scope, config }));
}

const said = ({ problems }: Judgement): string =>
  problems.length === 0 ? 'fine' : [...new Set(problems.map(({ kind }) => kind))].join(' ');

const edit = (path: string, from: string, to: string): string =>
  [
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    '@@ -1,1 +1,1 @@',
    `-${from}`,
    `+${to}`,
    '',
  ].join('\n');

const workflow = '.github/workflows/ci.yml';
const renames = (from: string, to: string): string =>
  [`diff --git a/${from} b/${to}`, 'similarity index 100%', `rename from ${from}`, `rename to ${to}`, ''].join('\n');
const copies = (from: string, to: string): string =>
  [`diff --git a/${from} b/${to}`, 'similarity index 100%', `copy from ${from}`, `copy to ${to}`, ''].join('\n');
const traditional = (path: string): string =>
  [`--- a/${path}`, `+++ b/${path}`, '@@ -0,0 +1 @@', '+evil', ''].join('\n');

describe('a patch as text', () => {
  it.each<[string, string | Buffer, string]>([
    ['a new file', adds('src/new.ts', 'export {};\n'), 'fine'],
    ['an executable', adds('bin/run.sh', 'true\n', '100755'), 'fine'],
    ['an edit', edit('README.md', '# Desk', '# Counter'), 'fine'],
    ['a hunk that only looks like a header', adds('doc.md', 'diff --git a/x b/x\n--- a/x\n+++ b/.github/x\n'), 'fine'],
    ['nothing', '', 'PATCH_CONFLICT'],
    ['no patch at all', 'hello\n', 'PATCH_CONFLICT'],
    ['another text than the base has', edit('README.md', '# Other', '# Counter'), 'PATCH_CONFLICT'],
    ['a file that is there', adds('README.md'), 'PATCH_CONFLICT'],
    [
      'a corrupt binary',
      'diff --git a/x b/x\nnew file mode 100644\nGIT binary patch\nliteral 5\nzzz\n\n',
      'PATCH_CONFLICT',
    ],
    ['.git/hooks', adds('.git/hooks/pre-push'), 'PATCH_CONFLICT'],
    ['.GIT', adds('.GIT/config'), 'PATCH_CONFLICT'],
    ['.Git inside', adds('sub/.Git/config'), 'PATCH_CONFLICT'],
    ['git~1', adds('git~1/config'), 'PATCH_CONFLICT'],
    ['a zero-width non-joiner in .git', adds('.g\u200cit/config'), 'PATCH_CONFLICT'],
    ['a parent', adds('../x'), 'PATCH_CONFLICT'],
    ['a parent inside', adds('a/../../x'), 'PATCH_CONFLICT'],
    ['beyond a symbolic link', adds('link/x.ts'), 'PATCH_CONFLICT'],
    ['a backslash', adds('..\\x'), 'BAD_PATH'],
    ['a drive', adds('C:/x'), 'BAD_PATH'],
    ['a device', adds('src/CON'), 'BAD_PATH'],
    ['a device with an extension', adds('src/aux.js'), 'BAD_PATH'],
    ['a colon', adds('src/a:b'), 'BAD_PATH'],
    ['a leading dash', adds('-rf'), 'BAD_PATH'],
    ['a dot at the end', adds('src/x.'), 'BAD_PATH'],
    ['a symbolic link', adds('evil', '/etc/passwd', '120000'), 'FILE_MODE'],
    ['a workflow', adds('.github/workflows/h.yml'), 'PROTECTED_PATH'],
    ['an edit of a workflow', edit(workflow, 'on: push', 'on: issues'), 'PROTECTED_PATH'],
    ['a workflow by rename', renames('README.md', '.github/workflows/r.yml'), 'PROTECTED_PATH'],
    ['a workflow renamed away', renames(workflow, 'ci.yml'), 'PROTECTED_PATH'],
    ['a workflow by copy', copies(workflow, '.github/workflows/c.yml'), 'PROTECTED_PATH'],
    ['a workflow by another case', adds('.GitHub/workflows/h.yml'), 'PROTECTED_PATH'],
    ['a workflow by a traditional diff', traditional('.github/workflows/h.yml'), 'PROTECTED_PATH'],
    // The first hunk says it has one line, so that parsers of diffs take what follows for its text.
    [
      'a workflow hidden behind a short hunk',
      `${adds('src/a.ts', 'export {};\n')}${traditional('.github/workflows/h.yml')}`,
      'PROTECTED_PATH',
    ],
    ['instructions for agents', adds('docs/CLAUDE.md'), 'PROTECTED_PATH'],
    ['attributes', adds('src/.gitattributes', '* filter=evil\n'), 'PROTECTED_PATH'],
    ['submodules', adds('.gitmodules', '[submodule "x"]\n'), 'PROTECTED_PATH'],
    ['an npm config', adds('packages/a/.npmrc'), 'PROTECTED_PATH'],
    ['another case of a directory', adds('SRC/a.ts'), 'PATH_COLLISION'],
    ['another case of a file', adds('readme.md'), 'PATH_COLLISION'],
    ['a private key', adds('key.pem', pem()), 'SECRET_IN_PATCH'],
    ['a token', adds('src/t.ts', `const t = '${token()}';\n`), 'SECRET_IN_PATCH'],
    [
      'a token that asks to be passed over',
      adds('src/t.ts', `// secretlint-disable\nconst t = '${token()}';\n`),
      'SECRET_IN_PATCH',
    ],
    ['a token with gitleaks:allow', adds('src/t.ts', `const t = '${token()}'; // gitleaks:allow\n`), 'SECRET_IN_PATCH'],
    ['a CRLF flip', edit('README.md', '# Desk', '# Desk\r'), 'fine'],
  ])('%s', async (_, patch, verdict) => {
    expect(await verdictOn(patch)).toBe(verdict);
  });

  it('with both sides of a rename inside the scope is fine, and not with one of them outside', async () => {
    expect(await verdictOn(renames('src/old.ts', 'src/new.ts'), ['src/**'])).toBe('fine');
    expect(await verdictOn(renames('src/old.ts', 'lib/new.ts'), ['lib/**'])).toBe('OUT_OF_SCOPE');
  });
});

describe('a tree', () => {
  it.each<[string, Files, string]>([
    ['a bidirectional override', { 'src/\u202ecod.ts': 'x' }, 'BAD_PATH'],
    ['a line break', { 'src/a\nb': 'x' }, 'BAD_PATH'],
    ['a tab', { 'src/a\tb': 'x' }, 'BAD_PATH'],
    ['a blank at the end', { 'src/a ': 'x' }, 'BAD_PATH'],
    ['a name of 256 bytes', { [`src/${'a'.repeat(256)}`]: 'x' }, 'BAD_PATH'],
    ['a path of 4,097 bytes', { [`${'a/'.repeat(2_048)}b`]: 'x' }, 'BAD_PATH'],
    ['a link to a commit', { sub: { mode: '160000', content: 'a'.repeat(40) } }, 'FILE_MODE'],
    ['a link to .git/hooks', { hooks: { mode: '120000', content: '.git/hooks' } }, 'FILE_MODE'],
    ['full width letters', { '．github/x': 'x' }, 'PROTECTED_PATH'],
    ['composed and decomposed letters', { 'src/\u00e9.ts': 'x', 'src/e\u0301.ts': 'y' }, 'PATH_COLLISION'],
    ['a binary', { 'logo.png': Buffer.from([1, 0, 2]) }, 'BINARY_FILE'],
    ['a blob that is too big', { 'big.txt': `${'a'.repeat(99)}\n`.repeat(11_000) }, 'PATCH_LIMIT'],
    ['too many lines', { 'long.txt': 'a\n'.repeat(LIMITS.addedLines + 2) }, 'PATCH_LIMIT'],
    [
      'too many files',
      Object.fromEntries(Array.from({ length: LIMITS.files + 1 }, (_, at) => [`f/${at}.txt`, 'x'])),
      'PATCH_LIMIT',
    ],
    [
      'just as many files',
      Object.fromEntries(Array.from({ length: LIMITS.files }, (_, at) => [`f/${at}.txt`, 'x'])),
      'fine',
    ],
    ['a secret that was there before', { 'src/cart.ts': 'export const cart = [1];\n' }, 'fine'],
    ['the name of a prototype', { 'src/__proto__': 'x', 'src/constructor': 'y' }, 'fine'],
  ])('%s', async (_, files, verdict) => {
    expect(await verdictOnTree(files)).toBe(verdict);
  });

  it('with a name that is not UTF-8 is refused', async () => {
    const { store, base } = await ground();
    const patch = Buffer.concat([
      Buffer.from('diff --git a/src/'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(' b/src/'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('\nnew file mode 100644\n'),
    ]);
    const applied = await applyPatch(store, base, patch);
    if (applied.kind !== 'tree') throw new Error(applied.problem.kind);
    expect(said(await judgeTree(store, base, applied.tree, { scope: [], config }))).toBe('BAD_PATH');
  });

  it('without any file is refused', async () => {
    const { store, base } = await ground();
    const empty = await store.text(['mktree'], { input: '' });
    const few = await commitOf(store, { a: '1', b: '2' });
    expect(said(await judgeTree(store, base, empty, { scope: [], config }))).toContain('PROTECTED_PATH');
    expect((await judgeTree(store, few, empty, { scope: [], config })).problems).toMatchObject([
      { kind: 'PATCH_LIMIT', found: 2, limit: 1 },
    ]);
  });

  it('is measured by the whole of the scope, deletions and dot files included', async () => {
    const { store, base } = await ground();
    const { 'src/old.ts': _, ...rest } = BASE;
    const tree = await treeOf(store, { ...rest, 'lib/a.ts': 'x\n', 'lib/.env': 'A=1\n' });
    const { problems, files } = await judgeTree(store, base, tree, { scope: ['lib/**'], config });
    expect(files).toEqual(['lib/.env', 'lib/a.ts', 'src/old.ts']);
    expect(problems).toEqual([{ kind: 'OUT_OF_SCOPE', files: ['src/old.ts'], scope: ['lib/**'] }]);
  });

  it('may touch a protected file that the repository gives free, and none that it protects besides', async () => {
    const { store, base } = await ground();
    const tree = await treeOf(store, { ...BASE, '.vscode/settings.json': '{}\n', 'db/1.sql': 'x\n' });
    const judge = (more: Partial<typeof config>) =>
      judgeTree(store, base, tree, { scope: [], config: { ...config, ...more } });
    expect((await judge({})).problems).toEqual([{ kind: 'PROTECTED_PATH', files: ['.vscode/settings.json'] }]);
    expect((await judge({ unprotect: ['.vscode/**'] })).problems).toEqual([]);
    expect((await judge({ unprotect: ['.vscode/**'], protect: ['db/**'] })).problems).toEqual([
      { kind: 'PROTECTED_PATH', files: ['db/1.sql'] },
    ]);
  });

  it('names the files that steer gates and the tests that are gone', async () => {
    const { store, base } = await ground();
    const { 'test/cart.test.ts': _, ...rest } = BASE;
    const tree = await treeOf(store, { ...rest, 'package.json': '{}\n', 'eslint.config.js': 'x\n', 'src/a.ts': 'x\n' });
    const { attention } = await judgeTree(store, base, tree, { scope: [], config });
    expect(attention).toEqual(['eslint.config.js', 'package.json', 'test/cart.test.ts (deleted)']);
  });

  it('with a secret in what it removes alone is fine, and must not leave the job with one in what it adds', async () => {
    const store = await makeStore();
    const base = await commitOf(store, { 'src/t.ts': `const t = '${token()}';\nconst u = 1;\n` });
    const cleaned = await treeOf(store, { 'src/t.ts': 'const u = 1;\n' });
    const beside = await treeOf(store, { 'src/t.ts': `const t = '${token()}';\nconst u = 2;\n` });
    const added = await treeOf(store, { 'src/t.ts': 'const u = 1;\n', 'src/v.ts': `const v = '${token()}';\n` });
    expect((await judgeTree(store, base, cleaned, { scope: [], config })).problems).toEqual([]);
    expect((await judgeTree(store, base, beside, { scope: [], config })).problems).toEqual([]);
    const { problems, keep } = await judgeTree(store, base, added, { scope: [], config });
    expect(problems).toMatchObject([{ kind: 'SECRET_IN_PATCH', file: 'src/v.ts', line: 1 }]);
    expect(keep).toBe('must not leave here');
    expect(JSON.stringify(problems)).not.toContain(token());
  });

  it('that turns text around is told, and not refused', async () => {
    const { store, base } = await ground();
    const tree = await treeOf(store, { ...BASE, 'src/a.ts': 'const a = 1;\nconst \u202eb = 2;\n' });
    const { problems, suspicious } = await judgeTree(store, base, tree, { scope: [], config });
    expect(problems).toEqual([]);
    expect(suspicious).toEqual(['src/a.ts:2 holds characters that cannot be seen or turn text around']);
  });
});

describe('a patch on its way', () => {
  it('arrives as it was sent, binary and odd names included', async () => {
    const { store, base } = await ground();
    const tree = await treeOf(store, {
      ...BASE,
      'a b/ü "x".ts': 'x\n',
      'logo.png': Buffer.from([0, 1, 2, 255]),
      'no-newline': 'x',
    });
    const result = packPatch(await makePatch(store, base, tree));
    if (result.kind !== 'packed') throw new Error(result.problem.kind);
    const unpacked = unpackPatch(result.packed);
    if (unpacked.kind !== 'patch') throw new Error(unpacked.kind);
    expect(await applyPatch(store, base, unpacked.bytes)).toEqual({ kind: 'tree', tree });
    expect(await contentAt(store, tree, 'no-newline')).toBe('x');
  });

  it('goes through attributes of the repository unchanged', async () => {
    const store = await makeStore();
    const files = { '.gitattributes': '* text eol=crlf ident -diff filter=evil\n', 'a.txt': 'one\r\n$Id$\n' };
    const base = await commitOf(store, files);
    const tree = await treeOf(store, { ...files, 'a.txt': 'one\r\ntwo $Id$\n' });
    const patch = await makePatch(store, base, tree);
    expect(await applyPatch(store, base, patch)).toEqual({ kind: 'tree', tree });
  });

  const pack = (bytes: Buffer) => {
    const result = packPatch(bytes);
    if (result.kind !== 'packed') throw new Error(result.problem.kind);
    return result.packed;
  };
  const swap = (parts: readonly string[], at: number, by: string) => parts.map((part, i) => (i === at ? by : part));
  const good = pack(Buffer.from(adds('a')));
  const other = pack(Buffer.from(adds('b')));

  it.each([
    ['another patch under the digest', { parts: other.parts, digest: good.digest }],
    ['another digest', { parts: good.parts, digest: other.digest }],
    ['no digest', { parts: good.parts, digest: '' }],
    ['no patch under a digest', { parts: ['', '', '', ''], digest: good.digest }],
    ['no base64', { parts: swap(good.parts, 0, '%%%%'), digest: good.digest }],
    ['a part that is missing', { parts: swap(good.parts, 0, (good.parts[0] ?? '').slice(0, -4)), digest: good.digest }],
    ['no brotli', { parts: ['AAAABBBB', '', '', ''], digest: good.digest }],
    [
      'a bomb',
      {
        parts: [brotliCompressSync(Buffer.alloc(LIMITS.patchBytes + 1)).toString('base64'), '', '', ''],
        digest: createHash('sha256')
          .update(Buffer.alloc(LIMITS.patchBytes + 1))
          .digest('hex'),
      },
    ],
  ])('is refused with %s', (_, packed) => {
    expect(unpackPatch(packed)).toMatchObject({ kind: 'refused', problem: { kind: 'PATCH_TAMPERED' } });
  });

  it('is nothing without parts and without a digest', () => {
    expect(unpackPatch({ parts: ['', '', '', ''], digest: '' })).toEqual({ kind: 'nothing' });
  });

  it('is refused above its limits: in bytes, and in what jobs can hand on', () => {
    expect(packPatch(Buffer.alloc(LIMITS.patchBytes + 1))).toMatchObject({ problem: { kind: 'PATCH_LIMIT' } });
    expect(packPatch(noise(600_000))).toMatchObject({
      problem: { kind: 'PATCH_LIMIT', what: 'characters in the compressed patch' },
    });
  });

  it('fits one environment variable a part', () => {
    for (const part of pack(noise(300_000)).parts) expect(part.length).toBeLessThan(128 * 1024 - 20);
  });
});

describe('names of files', () => {
  it.each([
    ['src/a.ts', undefined],
    ['src/[id].tsx', undefined],
    ['src/...md', undefined],
    ['.g\u200cit/config', 'it holds a character that cannot be seen'],
    ['.git/x', 'it is inside git’s own directory'],
    ['a/.GIT/x', 'it is inside git’s own directory'],
    ['GIT~1/x', 'it is inside git’s own directory'],
    ['.git ', 'a part of it ends with a dot or a blank, which Windows drops'],
    ['a//b', 'it leads out of its place'],
    ['./a', 'it leads out of its place'],
    ['/abs', 'it begins at the root of a disk'],
    ['com1.txt', 'it is the name of a device on Windows'],
    ['src/com10.txt', undefined],
  ])('%j: %s', (path, fault) => {
    expect(pathFault(Buffer.from(path))).toBe(fault);
  });
});

describe('lines that are new', () => {
  it.each([
    ['a\nb', 'a\nb', []],
    ['a\nb', 'a', [2]],
    ['a\na', 'a', [2]],
    ['b\na', 'a\nb', []],
    ['x', '', [1]],
  ])('%j against %j', (now, before, lines) => {
    expect([...addedLines(now, before)]).toEqual(lines);
  });
});

/** Bytes that do not compress, the same ones every time. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let seed = 7;
  for (let at = 0; at < length; at++) {
    seed = (seed * 48_271) % 2_147_483_647;
    bytes[at] = seed & 255;
  }
  return bytes;
}

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
