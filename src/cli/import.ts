/** `swarm import`: the plan of another tool as a plan file. */
import { writeFile } from 'node:fs/promises';
import { importLines } from '#plans/draft';
import { importPlan } from '#plans/source';
import { writePlanFile } from '#plans/write';
import { Fault, messageOf } from '#words/fault';
import type { Parsed } from './help.ts';

export async function importCommand({ values, positionals }: Parsed): Promise<number> {
  const [source] = positionals;
  if (source === undefined) {
    throw new Fault(
      'No source is given.',
      '`swarm import` reads the plan of another tool from a file or a folder.',
      'Run `swarm import PATH`, for example `swarm import specs/001-cart`. docs/import.md lists the formats.',
    );
  }
  const option = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  const imported = await importPlan(source, { epic: option('epic'), tag: option('tag'), title: option('title') });
  const text = writePlanFile(imported.plan);
  const out = option('out');
  if (out === undefined) process.stdout.write(text);
  else await writeNew(out, text);
  const next = out === undefined ? [] : [`Wrote ${out}. \`swarm plan ${out}\` shows its waves.`];
  process.stderr.write(`${[...importLines(imported, imported.file), ...next].join('\n')}\n`);
  return 0;
}

/** A file that is there may hold a plan that somebody edited since. */
export async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new Fault(
      `${file} ${isThere ? 'is there already.' : 'cannot be written.'}`,
      isThere ? 'It may have been edited, so it is not replaced.' : messageOf(error),
      isThere ? 'Remove it first, or give another name with --out.' : 'Give another path with --out.',
    );
  });
}
