/** Faults of files that they had before the change: nobody asked for them to be repaired. */
import { isAbsolute, relative } from 'node:path';
import type { Part } from '../part.ts';

/** Files of a directory that stand alone on a line of an output, relative to it. */
export const filesListed = (output: string, root: string): ReadonlySet<string> =>
  new Set(
    output
      .split('\n')
      .map((line) => line.trim())
      .filter(isAbsolute)
      .map((path) => relative(root, path))
      .filter((path) => path !== '' && !path.startsWith('..')),
  );

/**
 * A part that failed, without the faults that are known.
 *
 * @param now files at fault.
 * @param before the same before the change.
 * @param isOld true for files that were there. Where some were at fault, new files do not count either: they follow the rest.
 */
export function withoutKnown(
  part: Part,
  now: ReadonlySet<string>,
  before: ReadonlySet<string>,
  isOld: (file: string) => boolean,
): Part {
  if (before.size === 0) return part;
  const fresh = [...now].filter((file) => !before.has(file) && isOld(file));
  const shown = [...before].slice(0, 5).join(', ');
  const more = before.size > 5 ? ` and ${before.size - 5} more` : '';
  const why = `(swarm: before the change, this was at fault already and so does not count: ${shown}${more})`;
  if (fresh.length === 0) return { ...part, verdict: 'pass', said: why, headlines: [], annotations: [], failures: [] };
  return {
    ...part,
    said: `${part.said}\n${why}`,
    headlines: part.headlines.filter((line) => fresh.some((file) => line.startsWith(`${file}:`))),
    annotations: part.annotations.filter(({ file }) => fresh.includes(file)),
    ...(part.failures
      ? { failures: part.failures.filter((name) => fresh.some((file) => name.startsWith(`${file}:`))) }
      : {}),
  };
}
