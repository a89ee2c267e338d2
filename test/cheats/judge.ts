/**
 * Judges scripted changes like the publish job does, and says why a change is stopped. A change is stopped if it is refused,
 * or if a person has to approve it, whatever `approvals` says (R11.5).
 */
import { defaultConfig } from '../../src/config/schema.ts';
import { judgeTree } from '../../src/git/patch.ts';
import type { Store } from '../../src/git/store.ts';
import type { Cheat, Scripted } from './corpus.ts';

const config = defaultConfig();

/** The kinds of problems, and the lines that a person has to look at. */
export async function reasonsAgainst(
  store: Store,
  { base, tree }: { readonly base: string; readonly tree: string },
  scope: readonly string[],
): Promise<readonly string[]> {
  const { problems, attention } = await judgeTree(store, base, tree, { scope, config });
  return [...problems.map(({ kind }) => kind), ...attention];
}

export interface Judged<T extends Scripted> {
  readonly change: T;
  readonly reasons: readonly string[];
}

/** Makes commits of all changes in one go, and judges each. */
export async function judgeAll<T extends Scripted>(store: Store, changes: readonly T[]): Promise<readonly Judged<T>[]> {
  const stream: string[] = [];
  const commit = (ref: string, files: Readonly<Record<string, string>>): void => {
    stream.push(`commit refs/judged/${ref}`, 'committer Ana <ana@example.com> 1700000000 +0000', 'data 0', 'deleteall');
    for (const [path, text] of Object.entries(files)) {
      stream.push(`M 100644 inline ${JSON.stringify(path)}`, `data ${Buffer.byteLength(text)}`, text);
    }
    stream.push('');
  };
  for (const [at, { before, after }] of changes.entries()) {
    commit(`${at}/before`, before);
    commit(`${at}/after`, after);
  }
  await store.run(['fast-import', '--quiet', '--force'], { input: `${stream.join('\n')}\ndone\n` });
  const listed = await store.text(['for-each-ref', '--format=%(refname) %(objectname) %(tree)', 'refs/judged']);
  const ids = new Map(listed.split('\n').map((line) => [line.split(' ')[0], line.split(' ').slice(1)]));
  const judged: Judged<T>[] = [];
  const next = [...changes.entries()];
  const work = async (): Promise<void> => {
    for (let taken = next.shift(); taken; taken = next.shift()) {
      const [at, change] = taken;
      const base = ids.get(`refs/judged/${at}/before`)?.[0];
      const tree = ids.get(`refs/judged/${at}/after`)?.[1];
      if (base === undefined || tree === undefined) throw new Error(`${change.name} was not imported`);
      judged[at] = { change, reasons: await reasonsAgainst(store, { base, tree }, change.scope) };
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return judged;
}

export const isStopped = ({ change, reasons }: Judged<Cheat>): boolean => reasons.includes(change.reason);
