/**
 * Reads what else an issue says outside its front matter: the answers of an issue form, and the paths that it names.
 */
import { globFault } from '#core/scope/scope';
import { headingLevel, nameOf } from './headings.ts';
import type { Line, ReadableLine } from './markdown.ts';

// ── Issue forms ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface FormAnswer {
  /** The words of the heading with hyphens: `file-scope`. */
  readonly name: string;
  readonly line: number;
  /** The level of its heading. Forms have the third only. */
  readonly level: number;
  readonly lines: readonly ReadableLine[];
}

/**
 * The answers of an issue form. Each field is a third-level heading with the answer below it. Headings of other levels are
 * listed, too, because people copy a form by hand. A field that is drawn as code has its answer in a fence.
 *
 * @param whole all lines of the text, with those in fences.
 * @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
 */
export function readFormAnswers(lines: readonly ReadableLine[], whole: readonly Line[] = lines): readonly FormAnswer[] {
  const answers: { name: string; line: number; level: number; lines: ReadableLine[] }[] = [];
  let current: ReadableLine[] | undefined;
  for (const line of lines) {
    const level = headingLevel(line.text);
    if (level === 0) {
      current?.push(line);
    } else {
      current = [];
      answers.push({ name: nameOf(line.withCode).replaceAll(' ', '-'), line: line.number, level, lines: current });
    }
  }
  for (const { line, level, lines: below } of answers) {
    if (level === 3 && below.every(({ text }) => text.trim() === '')) below.push(...fencedBelow(whole, line));
  }
  return answers.filter(({ lines: below }) => {
    const text = below.map((line) => line.withCode.trim()).join('');
    return text !== '' && text !== '_No response_';
  });
}

const FENCE = /^ {0,3}(`{3,}|~{3,})[\w-]*[ \t]*$/;

/** The lines of the fence that is the first thing below a line. */
function fencedBelow(whole: readonly Line[], heading: number): readonly ReadableLine[] {
  const below = whole.slice(whole.findIndex(({ number }) => number === heading) + 1);
  const start = below.findIndex(({ text }) => text.trim() !== '');
  const mark = FENCE.exec(below[start]?.text ?? '')?.[1];
  if (mark === undefined) return [];
  const end = below.findIndex(({ text }, index) => index > start && text.trim() === mark);
  const inside = end === -1 ? [] : below.slice(start + 1, end);
  return inside.map((line) => ({ ...line, withCode: line.text, code: [] }));
}

// ── Keys in the text ────────────────────────────────────────────────────────────────────────────────────────────────

/** A line of the text that begins with words and a colon, or a row of a table with two cells. */
export interface TextPair {
  /** The words with hyphens. */
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

const PAIR = /^\s*(?:[-*+]\s+)?[*_]{0,3}([A-Za-z][A-Za-z _-]{1,20}?)[*_]{0,3}\s?[:：][*_]{0,3}\s+(\S.{0,100})$/;
const ROW = /^\s*\|\s*[*_]{0,3}([A-Za-z][A-Za-z _-]{1,20}?)[*_]{0,3}\s*\|\s*([^|\s][^|]{0,100})\|\s*$/;

/** What a text states as `Priority: high`, outside of front matter and forms. */
export const readPairs = (lines: readonly ReadableLine[]): readonly TextPair[] =>
  lines.flatMap(({ withCode, number: line }) => {
    if (!/[|:：]/.test(withCode)) return [];
    const [, words, value] = PAIR.exec(withCode) ?? ROW.exec(withCode) ?? [];
    if (words === undefined || value === undefined) return [];
    return [{ name: words.trim().toLowerCase().replaceAll(/[ _]+/g, '-'), value: value.trim(), line }];
  });

/** The keys in the code block that a text begins with, where some people put their front matter. */
export function readFencedKeys(whole: readonly Line[]): readonly Pick<TextPair, 'name' | 'line'>[] {
  const start = whole.findIndex(({ text }) => text.trim() !== '');
  const mark = FENCE.exec(whole[start]?.text ?? '')?.[1];
  const end = mark === undefined ? -1 : whole.findIndex(({ text }, index) => index > start && text.trim() === mark);
  if (end === -1) return [];
  return whole.slice(start + 1, end).flatMap(({ text, number: line }) => {
    const name = /^([A-Za-z][\w-]{1,20}):(?=\s|$)/.exec(text)?.[1];
    return name === undefined ? [] : [{ name: name.toLowerCase().replaceAll('_', '-'), line }];
  });
}

// ── Paths ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Also splits the words of a link from its address. */
const WORD_ENDS = /[\s"'<>|]|\]\(/;
/** A text with more directories than this describes the repository, not the files of its task. */
const MAX_DIRECTORIES = 20;
const MAX_PATH_CHARS = 200;
/** What a line of code imports is a package, or relative to a file that is not named. */
const IMPORTED = /\b(?:from|import|require)\s{0,4}\(?\s{0,4}["'`][^"'`\s]{1,200}["'`]/g;
/** Files at the root that tasks change beside their own directories. */
const ROOT_FILES = new Set([
  ...['package.json', 'tsconfig.json', 'deno.json', 'pyproject.toml', 'requirements.txt', 'setup.py', 'go.mod'],
  ...['Cargo.toml', 'pom.xml', 'build.gradle', 'build.gradle.kts', 'Gemfile', 'composer.json', 'mix.exs'],
]);

/** A guess, and the line with the first path that it comes from. */
export interface InferredGlob {
  readonly glob: string;
  readonly line: number;
}

/**
 * Guesses the scope of a text that states none: the directories of the paths it names (SPEC R1.7). Directories rather than the
 * files alone, because the task may add files beside them. A guess plans overlaps; it refuses nothing.
 *
 * @param ignored paths that do not count.
 */
export function inferFiles(lines: readonly ReadableLine[], ignored: ReadonlySet<string>): readonly InferredGlob[] {
  const globs = new Map<string, number>();
  const atRoot = new Map<string, number>();
  for (const line of lines) {
    for (const word of [line.text, ...line.code].flatMap((text) => text.replace(IMPORTED, ' ').split(WORD_ENDS))) {
      const glob = globMeantBy(word, ignored);
      // Beyond so many it no longer matters, and comparing them all would take too long.
      if (glob !== undefined && globs.size <= 4 * MAX_DIRECTORIES && !globs.has(glob)) globs.set(glob, line.number);
      const file = word.replace(/^[([*_]+|[)\]*_,.;:!?]+$/g, '');
      if (ROOT_FILES.has(file) && !atRoot.has(file)) atRoot.set(file, line.number);
    }
  }
  const all = [...globs.keys()];
  const outermost = [...globs].filter(([glob]) => !all.some((other) => isInDirectory(glob, other)));
  if (outermost.length === 0 || outermost.length > MAX_DIRECTORIES) return [];
  return [...outermost, ...atRoot].map(([glob, line]) => ({ glob, line })).sort((a, b) => (a.glob < b.glob ? -1 : 1));
}

const isInDirectory = (glob: string, other: string): boolean =>
  glob !== other && other.endsWith('/**') && glob.startsWith(other.slice(0, -2));

/** A directory by its name. Web frameworks have `[slug]`, `[...all]`, `[[...all]]` and `(group)`. */
const DIRECTORY = /^(?:[\w.@+-]|\[\[?(?:\.\.\.)?[\w-]{1,60}\]\]?|\([\w.-]{1,60}\)){1,200}$/;

/** The glob of the directory of a path, or a glob as it is; undefined for words that are not paths. */
function globMeantBy(word: string, ignored: ReadonlySet<string>): string | undefined {
  if (!word.includes('/') || word.length > MAX_PATH_CHARS) return undefined;
  const start = word.replace(/^[([{*_~]+/, '');
  const path = start
    // The brace at the end of `src/*.{ts,tsx}` belongs to the glob.
    .replace(start.includes('{') ? /[)\]_~,.;:!?]+$/ : /[)\]}_~,.;:!?]+$/, '')
    .replace(/(?::\d{1,6}){1,2}$|#L\d{1,6}$/, '')
    .replace(/^\.\//, '');
  if (ignored.has(path)) return undefined;
  if (path.includes('*')) {
    return /^[\w.@+-]+\/[\w.@+*?/{},-]+$/.test(path) && globFault(path) === undefined ? path : undefined;
  }
  const parts = path.split('/');
  const last = parts.pop() ?? '';
  const isDirectory = parts.length > 0 && parts.every((part) => DIRECTORY.test(part) && !part.endsWith('.'));
  if (!isDirectory || path.startsWith('@') || /\.(?:com|org|net|io|dev|app)$/i.test(parts[0] ?? '')) return undefined;
  if (last !== '' && !/^(?:[\w.@+-]|\[(?:\.\.\.)?[\w-]{1,60}\])*\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(last))
    return undefined;
  const glob = `${parts.join('/')}/**`;
  return globFault(glob) === undefined ? glob : undefined;
}
