/**
 * Applies a segment's earlier work to the present base.
 *
 * This is a three-way merge of trees in an index; the ancestor is the commit that the earlier work started from. If both
 * sides changed the same lines, the base wins and the agent gets the earlier change as text. No conflict marker is ever
 * written to a file.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { showPath } from './paths.ts';
import type { Store } from './store.ts';

export interface RebasedWork {
  /** The base with the earlier change. */
  readonly tree: string;
  /** Files with their earlier change in the tree. */
  readonly files: readonly string[];
  /** Earlier changes that are not in the tree, each with the change of the base that it conflicts with. */
  readonly conflicts: readonly Conflict[];
}

export interface Conflict {
  readonly file: string;
  /** The earlier change. */
  readonly diff: string;
  /** The change of the base. */
  readonly merged: string;
}

interface Unmerged {
  readonly path: string;
  /** By stage: 1 ancestor, 2 base, 3 earlier work. */
  readonly stages: Readonly<Partial<Record<1 | 2 | 3, { readonly mode: string; readonly blob: string }>>>;
}

const DIFF_CHARS = 6_000;

export async function rebaseWork(store: Store, ancestor: string, base: string, from: string): Promise<RebasedWork> {
  const index = join(store.directory, 'carry.index');
  await rm(index, { force: true });
  await store.run(['read-tree', '-i', '-m', '--aggressive', ancestor, base, from], { index });
  const conflicts: Conflict[] = [];
  const change = async (to: string, path: string): Promise<string> => {
    const how = ['-p', '--no-color', '--no-ext-diff', '--no-textconv'];
    return (await store.text(['diff-tree', ...how, ancestor, to, '--', path])).slice(0, DIFF_CHARS);
  };
  for (const { path, stages } of unmergedOf(await store.run(['ls-files', '--unmerged', '-z'], { index }))) {
    const merged = await mergeFile(store, stages);
    if (merged === undefined) {
      conflicts.push({ file: showPath(path), diff: await change(from, path), merged: await change(base, path) });
    }
    const kept = merged ?? stages[2];
    const entry = kept ? `${kept.mode} ${kept.blob}\t${path}\0` : '';
    const clear = `0 ${'0'.repeat(40)}\t${path}\0`;
    await store.run(['update-index', '-z', '--index-info'], { index, input: `${clear}${entry}` });
  }
  const tree = await store.text(['write-tree'], { index });
  const raw = await store.run(['diff-tree', '-r', '-z', '--name-only', '--no-renames', `${base}^{tree}`, tree]);
  const files = raw.toString('utf8').split('\0').filter(Boolean).map(showPath);
  return { tree, files, conflicts };
}

function unmergedOf(raw: Buffer): readonly Unmerged[] {
  const found = new Map<string, Partial<Record<1 | 2 | 3, { mode: string; blob: string }>>>();
  for (const line of raw.toString('utf8').split('\0').filter(Boolean)) {
    const [head = '', path = ''] = [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)];
    const [mode = '', blob = '', stage = ''] = head.split(' ');
    const stages = found.get(path) ?? {};
    stages[Number(stage) as 1 | 2 | 3] = { mode, blob };
    found.set(path, stages);
  }
  return [...found].map(([path, stages]) => ({ path, stages }));
}

/** @returns undefined if the sides conflict. */
async function mergeFile(
  store: Store,
  stages: Unmerged['stages'],
): Promise<{ readonly mode: string; readonly blob: string } | undefined> {
  const { 1: ancestor, 2: base, 3: from } = stages;
  if (!ancestor || !base || !from) return undefined;
  if ([ancestor, base, from].some(({ mode }) => mode !== '100644' && mode !== '100755')) return undefined;
  const folder = await mkdtemp(join(store.directory, 'merge-'));
  try {
    const names = await Promise.all(
      [base, ancestor, from].map(async ({ blob }, at) => {
        const name = join(folder, String(at));
        await writeFile(name, await store.run(['cat-file', 'blob', blob]));
        return name;
      }),
    );
    // The exit code is the number of conflicts. 255 is a failure, for example a binary file.
    const merged = await store.answer(['merge-file', '-p', '--quiet', ...names], {
      allow: Array.from({ length: 255 }, (_, at) => at + 1),
    });
    if (merged.exit !== 0) return undefined;
    const blob = await store.text(['hash-object', '-w', '--stdin'], { input: merged.output });
    return { mode: from.mode === ancestor.mode ? base.mode : from.mode, blob };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
