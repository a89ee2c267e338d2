/** Real git in a directory of its own, for what judges changes, runs gates and runs agents. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { Store } from '../../src/git/store.ts';

const made: string[] = [];

afterEach(async () => {
  for (const directory of made.splice(0)) await rm(directory, { recursive: true, force: true, maxRetries: 3 });
});

export async function scratch(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'swarm-test-'));
  made.push(directory);
  return directory;
}

export const makeStore = async (): Promise<Store> => Store.make(await scratch());

/** A file's content; or with its mode, as git says it. */
export type Files = Readonly<Record<string, string | Buffer | { readonly mode: string; readonly content: string }>>;

/** A tree of exactly these files, whatever they are called. */
export async function treeOf(store: Store, files: Files): Promise<string> {
  const index = join(store.directory, `tree-${Math.abs(Object.keys(files).join().length)}-${made.length}.index`);
  await rm(index, { force: true });
  const lines: Buffer[] = [];
  for (const [path, file] of Object.entries(files)) {
    const plain = typeof file === 'string' || Buffer.isBuffer(file);
    const content = plain ? file : file.content;
    const mode = plain ? '100644' : file.mode;
    const blob = mode === '160000' ? content : await store.text(['hash-object', '-w', '--stdin'], { input: content });
    lines.push(Buffer.from(`${mode} ${blob}\t${path}\0`));
  }
  await store.run(['update-index', '-z', '--index-info'], { index, input: Buffer.concat(lines) });
  return store.text(['write-tree', '--missing-ok'], { index });
}

const ANA = {
  GIT_AUTHOR_NAME: 'Ana',
  GIT_AUTHOR_EMAIL: 'ana@example.com',
  GIT_AUTHOR_DATE: '1700000000 +0000',
  GIT_COMMITTER_NAME: 'Ana',
  GIT_COMMITTER_EMAIL: 'ana@example.com',
  GIT_COMMITTER_DATE: '1700000000 +0000',
};

export async function commitOf(store: Store, files: Files, parents: readonly string[] = []): Promise<string> {
  const tree = await treeOf(store, files);
  return store.text(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', 'a commit'], {
    environment: ANA,
  });
}

/** What stands at a path of a tree. */
export const contentAt = async (store: Store, tree: string, path: string): Promise<string> =>
  (await store.run(['cat-file', 'blob', `${tree}:${path}`])).toString('utf8');

/** A patch that adds a file, as text. */
export const adds = (path: string, content = 'x\n', mode = '100644'): string => {
  const lines = content.replace(/\n$/, '').split('\n');
  return [
    `diff --git a/${path} b/${path}`,
    `new file mode ${mode}`,
    'index 0000000..1111111',
    '--- /dev/null',
    `+++ b/${path}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    '',
  ].join('\n');
};
