/**
 * The project's own files for the house tests, and their code without comments and texts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Source {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

const NOT_OURS = new Set(['node_modules', 'dist', 'build', '.git', '.demo', 'coverage']);

/** All files below these folders (or the files themselves) whose name ends in one of these ways. */
export const sourcesIn = (places: readonly string[], endings: readonly string[]): Source[] =>
  places
    .flatMap((place) => filesBelow(join(root, place)))
    .map((path) => relative(root, path).split(sep).join('/'))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const BEFORE_REGEXP = /(?:^|[(,=:[!&|?{};+\-*%<>~^\n]|\breturn|\btypeof|\bcase|=>)\s*$/;

/**
 * The code alone: comments become blanks, and so do the insides of texts, except those that name a module. Lines stay
 * where they are. Good enough for our own formatted code; what it cannot read it leaves, which can only find too much.
 */
export const codeOf = (text: string): string => {
  let code = '';
  let at = 0;
  // For each `${` that is open: how many braces are open inside it.
  const templates: number[] = [];
  const blank = (until: number): void => {
    code += text.slice(at, until).replace(/[^\n]/g, ' ');
    at = until;
  };
  const end = (from: number, closing: string): number => {
    const found = text.indexOf(closing, from);
    return found < 0 ? text.length : found + closing.length;
  };
  const quoted = (mark: string): number => {
    let next = at + 1;
    while (next < text.length && text[next] !== mark && text[next] !== '\n') next += text[next] === '\\' ? 2 : 1;
    return next;
  };
  const template = (): void => {
    let next = at;
    while (next < text.length && text[next] !== '`' && !text.startsWith('${', next))
      next += text[next] === '\\' ? 2 : 1;
    blank(Math.min(next, text.length));
    if (text.startsWith('${', at)) {
      templates.push(0);
      code += '${';
      at += 2;
    } else if (at < text.length) {
      code += '`';
      at += 1;
    }
  };
  while (at < text.length) {
    const here = text[at] ?? '';
    if (text.startsWith('//', at)) {
      const line = text.indexOf('\n', at);
      blank(line < 0 ? text.length : line);
    } else if (text.startsWith('/*', at)) blank(end(at + 2, '*/'));
    else if (here === '"' || here === "'") {
      const close = quoted(here);
      const isModule = /(?:\bfrom|\bimport|\bimport\()\s*$/.test(code.slice(-40));
      if (isModule) {
        code += text.slice(at, close + 1);
        at = close + 1;
      } else {
        code += here;
        at += 1;
        blank(close);
        code += here;
        at += 1;
      }
    } else if (here === '`') {
      code += '`';
      at += 1;
      template();
    } else if (here === '/' && BEFORE_REGEXP.test(code.slice(-20))) {
      let close = at + 1;
      let inClass = false;
      while (close < text.length && text[close] !== '\n' && (inClass || text[close] !== '/')) {
        if (text[close] === '[') inClass = true;
        if (text[close] === ']') inClass = false;
        close += text[close] === '\\' ? 2 : 1;
      }
      code += '/';
      at += 1;
      blank(close);
    } else {
      const open = templates.length - 1;
      if (here === '{' && open >= 0) templates[open] = (templates[open] ?? 0) + 1;
      if (here === '}' && open >= 0) {
        if (templates[open] === 0) {
          templates.pop();
          code += '}';
          at += 1;
          template();
          continue;
        }
        templates[open] = (templates[open] ?? 0) - 1;
      }
      code += here;
      at += 1;
    }
  }
  return code;
};

/** 1-based line of an offset. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

export interface Import {
  readonly line: number;
  /** What is named; undefined where a dynamic import computes it. */
  readonly of: string | undefined;
}

/** Everything a file imports or exports from elsewhere, dynamic imports included. */
export const importsOf = (text: string): Import[] => {
  const code = codeOf(text);
  const statement = /\b(?:import|export)\b[^;'"]*?\bfrom\s*(['"])(.*?)\1|\bimport\s*(['"])(.*?)\3/g;
  const dynamic = /(?<!\.)\bimport\s*\(\s*(?:(['"])(.*?)\1)?/g;
  return [
    ...[...code.matchAll(statement)].map((found) => ({ line: lineAt(code, found.index), of: found[2] ?? found[4] })),
    ...[...code.matchAll(dynamic)].map((found) => ({
      line: lineAt(code, found.index),
      of: found[2] ?? '',
    })),
  ].map(({ line, of }) => ({ line, of: of === '' ? undefined : of }));
};
