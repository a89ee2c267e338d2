/**
 * Puts the base's definitions of gates in place while gates run: scripts of manifests, and whole files such as Makefiles.
 * A change that edits them is judged by what they were.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nameOf, parseJsonc, type Scripts, tableOf } from './workspace.ts';

export interface Meanings {
  /** Scripts by manifest. */
  readonly scripts: Readonly<Record<string, Scripts>>;
  /** Whole texts of Makefiles and similar files, by path. */
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * @param directory of the tree.
 * @returns a function that restores the change's own files; undefined if nothing had to be replaced.
 */
export async function withMeanings(
  directory: string,
  { scripts, texts }: Meanings,
  log: (line: string) => void,
): Promise<(() => Promise<void>) | undefined> {
  const undo: (() => Promise<void>)[] = [];
  const read = (name: string): Promise<string | undefined> =>
    readFile(join(directory, name), 'utf8').catch(() => undefined);
  const put = async (name: string, was: string | undefined, text: string): Promise<void> => {
    const file = join(directory, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    undo.push(() => (was === undefined ? rm(file, { force: true }) : writeFile(file, was)));
    log(`The change edits what gates run in ${name}. They run as the base defines them.`);
  };
  for (const [name, own] of Object.entries(scripts)) {
    const text = await read(name);
    const changed = text === undefined ? undefined : withScripts(name, text, own);
    if (changed !== undefined) await put(name, text, changed);
  }
  for (const [name, own] of Object.entries(texts)) {
    const text = await read(name);
    if (text !== own) await put(name, text, own);
  }
  if (undo.length === 0) return undefined;
  return async () => {
    for (const each of undo) await each();
  };
}

/** The manifest with the base's scripts, and its other parts unchanged; undefined if it has them already or is unreadable. */
function withScripts(name: string, text: string, own: Scripts): string | undefined {
  const isDeno = /^deno\.jsonc?$/.test(nameOf(name));
  const manifest = isDeno ? parseJsonc(text) : parseJson(text);
  // The gates will report what is unreadable.
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) return undefined;
  const key = isDeno ? 'tasks' : 'scripts';
  const table = tableOf(manifest);
  const now = tableOf(table[key]);
  if (Object.entries(own).every(([each, script]) => JSON.stringify(now[each]) === JSON.stringify(script)))
    return undefined;
  const indent = /^[{[]\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  return `${JSON.stringify({ ...table, [key]: { ...now, ...own } }, null, indent)}\n`;
}

/** As strict as the tools that read it: what a change breaks has to stay broken. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
