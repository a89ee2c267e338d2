/**
 * Reads what an issue says outside its front matter: its dependencies, its acceptance criteria, its task list, the answers of
 * an issue form, and the paths it names.
 */
import type { Criterion, IssueNumber, IssueRef, RepositoryName } from '#core/model/epic';
import { globFault } from '#core/scope/scope';
import { type Line, type ReadableLine, readRefs } from './markdown.ts';

/** An issue that another one waits for, with the place in its text that says so. */
export interface Dependency {
  readonly ref: IssueRef;
  readonly line: number;
  readonly text: string;
}

export interface Dependencies {
  readonly found: readonly Dependency[];
  /** Texts in the place of a reference that name no issue. */
  readonly faults: readonly Line[];
}

/** How much of a line is quoted. */
const SHOWN_CHARS = 120;
const shown = (text: string): string => text.trim().slice(0, SHOWN_CHARS);

// ── Headings ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** From 1 to 6; 0 for a line that is not a heading. */
const headingLevel = (text: string): number => /^ {0,3}#{1,6}(?=\s|$)/.exec(text)?.[0].trim().length ?? 0;

/** The words of a heading in lower case, without emphasis and colons. */
const headingName = (text: string): string =>
  text
    .replace(/[#*_`:]/g, ' ')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();

// ── Dependencies ────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Reads `Depends on #12`, `Blocked by #12, #13` and `- [ ] Blocked-by: #12`, also above a list, and as a heading. The phrase
 * must begin its line: a sentence that only mentions a dependency does not count (SPEC R1.3).
 */
export function readDependencies(lines: readonly ReadableLine[]): Dependencies {
  const found: Dependency[] = [];
  const faults: Line[] = [];
  // The references that may follow the phrase: below it, the items of a list, or a whole section.
  let list: 'none' | 'items' | 'section' = 'none';
  for (const line of lines) {
    const level = headingLevel(line.text);
    const start = afterPhrase(line.text);
    if (start !== undefined) {
      list = level > 0 ? 'section' : start === line.text.length ? 'items' : 'none';
      take(line, start);
      continue;
    }
    if (level > 0) list = 'none';
    // A comment on a line of its own ends no list.
    if (list === 'none' || line.withCode.trim() === '') continue;
    const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s)?/.exec(line.text);
    if (list === 'items' && !item) list = 'none';
    else take(line, item?.[0].length ?? 0);
  }
  return { found, faults };

  function take({ number, text }: ReadableLine, start: number): void {
    const read = readRefs(text, start);
    for (const ref of read.refs) found.push({ ref, line: number, text: shown(text) });
    for (const fault of read.faults) faults.push({ number, text: fault });
  }
}

/** Steps rather than one expression, which would backtrack over long runs of spaces. */
const UP_TO_END_OF_PHRASE = [
  /[\s*_+#-]*/y,
  /(?:\d{1,9}[.)]\s+)?/y,
  /(?:\[[ xX]\]\s*)?/y,
  /[*_]*/y,
  /(?:depends?[ -]on|blocked[ -]by)(?!_?[a-z0-9])/iy,
  /[\s*_:]*/y,
];

/** The position after "depends on" or "blocked by"; undefined if the line does not begin with it. */
function afterPhrase(text: string): number | undefined {
  let at = 0;
  for (const step of UP_TO_END_OF_PHRASE) {
    step.lastIndex = at;
    if (!step.test(text)) return undefined;
    at = step.lastIndex;
  }
  return at;
}

// ── Task list and criteria ──────────────────────────────────────────────────────────────────────────────────────────

const BOX = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[([ xX])\]\s/;

export interface TaskListItem {
  /** An issue of this repository. */
  readonly number: IssueNumber;
  readonly line: number;
  readonly text: string;
  readonly state: 'open' | 'met';
  /** From the item's text: `(depends on: #3)`. */
  readonly dependsOn: readonly IssueRef[];
}

/**
 * Reads the items of a task list that begin with a reference: `- [ ] #12 (depends on: #3)`.
 *
 * @param own the repository of the text. Items that name an issue of another one are listed as `elsewhere`.
 */
export function taskListIn(
  lines: readonly ReadableLine[],
  own: RepositoryName | undefined,
): { readonly items: readonly TaskListItem[]; readonly elsewhere: readonly Dependency[] } {
  const items: TaskListItem[] = [];
  const elsewhere: Dependency[] = [];
  for (const { number: line, text } of lines) {
    const box = BOX.exec(text);
    const named = box && firstRef(text, box[0].length, own);
    if (!box || !named) continue;
    if (named.repository) {
      elsewhere.push({ ref: named, line, text: shown(text) });
      continue;
    }
    const said = /\(\s*(?:depends?[ -]on|blocked[ -]by)\b[\s:]*/i.exec(text);
    items.push({
      number: named.number,
      line,
      text: shown(text),
      state: box[1] === ' ' ? 'open' : 'met',
      dependsOn: said ? readRefs(text, said.index + said[0].length).refs.map((ref) => ofOwn(ref, own)) : [],
    });
  }
  return { items, elsewhere };
}

function firstRef(text: string, start: number, own: RepositoryName | undefined): IssueRef | undefined {
  const [ref] = readRefs(text, start).refs;
  return ref && ofOwn(ref, own);
}

/** In a text of `octo/shop`, `octo/shop#12` is `#12`. */
export const ofOwn = (ref: IssueRef, own: RepositoryName | undefined): IssueRef =>
  ref.repository && own && isSame(ref.repository, own) ? { number: ref.number } : ref;

const isSame = (a: RepositoryName, b: RepositoryName): boolean =>
  a.owner.toLowerCase() === b.owner.toLowerCase() && a.name.toLowerCase() === b.name.toLowerCase();

/** The task-list items under "Acceptance criteria" headings, up to the next heading of the same or a higher level (SPEC R1.6). */
export function readCriteria(lines: readonly ReadableLine[]): readonly Criterion[] {
  const criteria: { id: string; text: string; line: number; state: Criterion['state'] }[] = [];
  const ids = new Set<string>();
  /** The level of the heading that the lines are under; 0 outside. */
  let section = 0;
  /** The line on which the latest criterion may continue. */
  let nextLine = 0;
  for (const { number: line, text, withCode } of lines) {
    const level = headingLevel(text);
    if (level > 0) {
      if (/^acceptance criteri(?:a|on)$/.test(headingName(text))) section = level;
      else if (level <= section) section = 0;
      continue;
    }
    if (section === 0) continue;
    const box = BOX.exec(withCode);
    const last = criteria.at(-1);
    if (box) {
      const { id, text: words } = splitId(withCode.slice(box[0].length).trim());
      if (words === '') continue;
      const unique = id !== undefined && !ids.has(id) ? id : `C${criteria.length + 1}`;
      ids.add(unique);
      criteria.push({ id: unique, text: words, line, state: box[1] === ' ' ? 'open' : 'met' });
      nextLine = line + 1;
    } else if (last && line === nextLine && /^\s+[^\s*+-]/.test(withCode)) {
      last.text = `${last.text} ${withCode.trim()}`;
      nextLine = line + 1;
    }
  }
  return criteria;
}

/** Splits the author's id from the words: `AC-3: The total …`, `**REQ-12** The total …`, `[AC-3] The total …`. */
function splitId(text: string): { readonly id: string | undefined; readonly text: string } {
  const found =
    /^(?:\*\*|__|\[|\(|`)?([A-Z][A-Z0-9]{0,15}-\d{1,6})(?!-|_?[A-Za-z0-9])(?:\*\*|__|\]|\)|`)?[ \t]*[:.–—-]?(?:\*\*|__)?/.exec(
      text,
    );
  const words = found && text.slice(found[0].length).trim();
  return words ? { id: found[1], text: words } : { id: undefined, text };
}

// ── Issue forms ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface FormAnswer {
  /** The words of the heading with hyphens: `file-scope`. */
  readonly name: string;
  readonly line: number;
  readonly lines: readonly ReadableLine[];
}

/**
 * The answers of an issue form. Each field is a third-level heading with the answer below it.
 *
 * @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
 */
export function readFormAnswers(lines: readonly ReadableLine[]): readonly FormAnswer[] {
  const answers: { name: string; line: number; lines: ReadableLine[] }[] = [];
  let current: ReadableLine[] | undefined;
  for (const line of lines) {
    const level = headingLevel(line.text);
    if (level === 0) {
      current?.push(line);
    } else if (level === 3) {
      current = [];
      answers.push({ name: headingName(line.withCode).replaceAll(' ', '-'), line: line.number, lines: current });
    } else {
      current = undefined;
    }
  }
  return answers.filter(({ lines: below }) => {
    const text = below.map((line) => line.withCode.trim()).join('');
    return text !== '' && text !== '_No response_';
  });
}

// ── Paths ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Also splits the words of a link from its address. */
const WORD_ENDS = /[\s"'<>|]|\]\(/;
/** A text with more directories than this describes the repository, not the files of its task. */
const MAX_DIRECTORIES = 20;
const MAX_PATH_CHARS = 200;

/**
 * Guesses the scope of a text that states none: the directories of the paths it names (SPEC R1.7). Directories rather than the
 * files alone, because the task may add files beside them.
 *
 * @param ignored paths that do not count.
 */
export function inferFiles(lines: readonly ReadableLine[], ignored: ReadonlySet<string>): readonly string[] {
  const globs = new Set<string>();
  for (const line of lines) {
    for (const word of [line.text, ...line.code].flatMap((text) => text.split(WORD_ENDS))) {
      const glob = globMeantBy(word, ignored);
      // Beyond so many it no longer matters, and comparing them all would take too long.
      if (glob !== undefined && globs.size <= 4 * MAX_DIRECTORIES) globs.add(glob);
    }
  }
  const outermost = [...globs].sort().filter((glob) => ![...globs].some((other) => isInDirectory(glob, other)));
  return outermost.length > MAX_DIRECTORIES ? [] : outermost;
}

const isInDirectory = (glob: string, other: string): boolean =>
  glob !== other && other.endsWith('/**') && glob.startsWith(other.slice(0, -2));

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
  const isDirectory = parts.length > 0 && parts.every((part) => /^[\w.@+-]+$/.test(part) && !part.endsWith('.'));
  if (!isDirectory || path.startsWith('@') || /\.(?:com|org|net|io|dev|app)$/i.test(parts[0] ?? '')) return undefined;
  if (last !== '' && !/^[\w.@+-]*\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(last)) return undefined;
  return `${parts.join('/')}/**`;
}
