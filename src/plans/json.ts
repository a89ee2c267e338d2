/** JSON of other tools, with the line of each value. */
import { readYaml } from '#yaml/read';
import { refuseFile } from './draft.ts';

export interface JsonFile {
  readonly value: unknown;
  /** The line, from 1, of the object or list at a path of keys and indexes; of the nearest one around it if it is none. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

/** Throws a `Fault` that names the line. */
export function readJson(source: string, file: string): JsonFile {
  const text = source.replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    refuseFile(
      file,
      [`${brokenAt(text, error)}it is not valid JSON.`],
      'Repair the file, or write it again with its tool.',
    );
  }
  const lines = containerLines(text);
  return {
    value,
    lineOf: (path) => {
      for (let length = path.length; length > 0; length--) {
        const line = lines.get(JSON.stringify(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return 1;
    },
  };
}

/** The engine names the position of most errors. A reader of YAML finds the others. */
function brokenAt(text: string, error: unknown): string {
  const [, position] = /\bat position (\d+)/.exec(String(error)) ?? [];
  const before = position === undefined ? undefined : text.slice(0, Number(position));
  if (before !== undefined) return `line ${before.split('\n').length}: `;
  if (/\bend of JSON/.test(String(error))) return `line ${text.trimEnd().split('\n').length}: `;
  const yaml = readYaml(text, { maxBytes: 4 * 1024 * 1024 });
  const line = yaml.kind === 'refused' ? yaml.faults[0]?.line : undefined;
  return line === undefined ? '' : `line ${line}: `;
}

/** Deeper values have the line of the one around them. */
const MAX_PATH = 8;

/** The lines of all objects and lists in a valid text, by their path as JSON. */
function containerLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const path: (string | number)[] = [];
  const kinds: ('{' | '[')[] = [];
  let line = 1;
  /** A string that may turn out to be a key. */
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '\n') line++;
    else if (char === '"') {
      const start = at;
      for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++;
      word = text.slice(start, at + 1);
    } else if (char === ':' && word !== undefined) path[path.length - 1] = JSON.parse(word) as string;
    else if (char === '{' || char === '[') {
      if (path.length <= MAX_PATH) lines.set(JSON.stringify(path), line);
      kinds.push(char);
      path.push(char === '[' ? 0 : '');
    } else if (char === '}' || char === ']') {
      kinds.pop();
      path.pop();
    } else if (char === ',' && kinds.at(-1) === '[') path[path.length - 1] = Number(path.at(-1)) + 1;
  }
  return lines;
}
