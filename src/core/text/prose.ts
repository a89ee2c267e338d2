/**
 * What an issue says in prose, beside its front matter: what it waits for, its acceptance criteria, its task list,
 * the answers of an issue form, and the paths it names.
 */
import type { Criterion, IssueNumber, IssueRef, RepositoryName } from '#core/model/epic';
import { globFault } from '#core/scope/scope';
import { type Line, type ReadableLine, readRefs } from './markdown.ts';

/** One thing an issue says it waits for, and where. */
export interface Dependency {
  readonly ref: IssueRef;
  readonly line: number;
  readonly text: string;
}

export interface Dependencies {
  readonly found: readonly Dependency[];
  /** What stands where an issue should be named, and names none. */
  readonly faults: readonly Line[];
}

const NO_DEPENDENCIES: Dependencies = { found: [], faults: [] };

const SHOWN_CHARS = 120;
const shown = (text: string): string => text.trim().slice(0, SHOWN_CHARS);

// ── Headings ────────────────────────────────────────────────────────────────────────────────────────────────────────

const headingLevel = (text: string): number =>
  text.includes('#') ? (/^ {0,3}(#{1,6})(?=\s|$)/.exec(text)?.[1]?.length ?? 0) : 0;

/** A heading's words: small, without marks of emphasis and a colon at the end. */
const headingName = (text: string): string =>
  text
    .replace(/[#*_`:]/g, ' ')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();

// ── Dependencies ────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * `Depends on #12`, `Blocked by #12, #13`, `- [ ] Blocked-by: #12`; the same as the head of a list, or as a heading.
 * The phrase must begin its line: a sentence that mentions a dependency is talk (SPEC R1.3).
 */
export function readDependencies(lines: readonly ReadableLine[]): Dependencies {
  if (lines.length === 0) return NO_DEPENDENCIES;
  const found: Dependency[] = [];
  const faults: Line[] = [];
  let list: 'none' | 'items' | 'section' = 'none';
  for (const line of lines) {
    const level = headingLevel(line.text);
    const start = afterPhrase(line.text);
    if (start !== undefined) {
      const rest = line.text.slice(start).trim();
      list = level > 0 ? 'section' : rest === '' ? 'items' : 'none';
      if (rest !== '') take(line, start);
      continue;
    }
    if (level > 0) list = 'none';
    if (list === 'none') continue;
    const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/.exec(line.text);
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

const PHRASE = /(?:depends?[ -]on|blocked[ -]by)\b/i;
/** Whether a text may say what it waits for; where it does not, no line of it does. */
export const mayDepend = (text: string): boolean => PHRASE.test(text);

const UP_TO_PHRASE = [
  /[\s*_+#-]*/y,
  /(?:\d{1,9}[.)]\s+)?/y,
  /(?:\[[ xX]\]\s*)?/y,
  /[*_]*/y,
  new RegExp(PHRASE.source, 'iy'),
];

/** Where the line goes on behind "depends on" or "blocked by". */
function afterPhrase(text: string): number | undefined {
  if (!PHRASE.test(text)) return undefined;
  let at = 0;
  for (const step of UP_TO_PHRASE) {
    step.lastIndex = at;
    if (!step.test(text)) return undefined;
    at = step.lastIndex;
  }
  const end = /[\s*_:]*/y;
  end.lastIndex = at;
  end.test(text);
  return end.lastIndex;
}

// ── Task list and criteria ──────────────────────────────────────────────────────────────────────────────────────────

const BOX = /^(\s*)(?:[-*+]|\d{1,9}[.)])\s+\[([ xX])\]\s+/;

export interface TaskListItem {
  /** Of an issue of this repository. */
  readonly number: IssueNumber;
  readonly line: number;
  readonly text: string;
  readonly state: 'open' | 'met';
  /** Said behind it: `(depends on: #3)`. */
  readonly dependsOn: readonly IssueRef[];
}

/** `- [ ] #12 (depends on: #3)`. Items that name no issue, or one elsewhere, are none of the epic's segments. */
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
      state: box[2] === ' ' ? 'open' : 'met',
      dependsOn: said ? readRefs(text, said.index + said[0].length).refs.map((ref) => ofOwn(ref, own)) : [],
    });
  }
  return { items, elsewhere };
}

function firstRef(text: string, start: number, own: RepositoryName | undefined): IssueRef | undefined {
  const [ref] = readRefs(text, start).refs;
  return ref && ofOwn(ref, own);
}

/** `octo/shop#12` in a text of `octo/shop` is `#12`. */
export const ofOwn = (ref: IssueRef, own: RepositoryName | undefined): IssueRef =>
  ref.repository && own && isSame(ref.repository, own) ? { number: ref.number } : ref;

const isSame = (a: RepositoryName, b: RepositoryName): boolean =>
  a.owner.toLowerCase() === b.owner.toLowerCase() && a.name.toLowerCase() === b.name.toLowerCase();

/** The task-list items under headings "Acceptance criteria", up to the next heading of the same rank (SPEC R1.6). */
export function readCriteria(lines: readonly ReadableLine[]): readonly Criterion[] {
  if (lines.length === 0) return [];
  const criteria: { id: string; text: string; line: number; state: Criterion['state'] }[] = [];
  const ids = new Set<string>();
  let rank = 0;
  /** The line on which the latest criterion may go on. */
  let goesOn = 0;
  for (const { number: line, text, withCode } of lines) {
    const level = headingLevel(text);
    if (level > 0) {
      if (/^acceptance criteri(?:a|on)$/.test(headingName(text))) rank = level;
      else if (level <= rank) rank = 0;
      continue;
    }
    if (rank === 0) continue;
    const box = BOX.exec(withCode);
    const last = criteria.at(-1);
    if (box) {
      const { id, said } = withId(withCode.slice(box[0].length).trim());
      if (said === '') continue;
      const unique = id !== undefined && !ids.has(id) ? id : `C${criteria.length + 1}`;
      ids.add(unique);
      criteria.push({ id: unique, text: said, line, state: box[2] === ' ' ? 'open' : 'met' });
      goesOn = line + 1;
    } else if (last && line === goesOn && /^\s+[^\s*+-]/.test(withCode)) {
      last.text = `${last.text} ${withCode.trim()}`;
      goesOn = line + 1;
    }
  }
  return criteria;
}

/** `AC-3: The total …`, `**REQ-12** The total …`, `[AC-3] The total …`. */
function withId(text: string): { readonly id: string | undefined; readonly said: string } {
  const found =
    /^(?:\*\*|__|\[|\(|`)?([A-Z][A-Z0-9]{0,15}-\d{1,6})(?![\w-])(?:\*\*|__|\]|\)|`)?[ \t]*[:.–—-]?(?:\*\*|__)?/.exec(
      text,
    );
  const said = found ? text.slice(found[0].length).trim() : '';
  return found && said !== '' ? { id: found[1], said } : { id: undefined, said: text };
}

// ── Issue forms ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface FormAnswer {
  /** The heading's words with hyphens: `file-scope`. */
  readonly name: string;
  readonly line: number;
  readonly lines: readonly ReadableLine[];
}

/**
 * What an issue form asked and was answered: each field is a heading of the third rank with the answer below.
 *
 * @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
 */
export function readFormAnswers(lines: readonly ReadableLine[]): readonly FormAnswer[] {
  if (lines.length === 0) return [];
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

/** Also between a link's words and its address. */
const WORD_ENDS = /[\s"'<>|]+|\]\(/;
/** More than this many places, and the text tells about the repository rather than about its own files. */
const PLACES = 20;

/**
 * The scope that a text without one seems to mean: the directories of the paths it names (SPEC R1.7). Of directories
 * and not of the files alone, since here nobody knows which of them are still to be made, and beside what.
 */
export function inferFiles(lines: readonly ReadableLine[], besides: ReadonlySet<string>): readonly string[] {
  const globs = new Set<string>();
  for (const line of lines) {
    for (const word of line.text.split(WORD_ENDS)) addPlace(globs, word, besides);
    for (const code of line.code) for (const word of code.split(WORD_ENDS)) addPlace(globs, word, besides);
  }
  const places = [...globs]
    .sort()
    .filter((glob) => ![...globs].some((other) => other !== glob && leadsTo(other, glob)));
  return places.length > PLACES ? [] : places;
}

const leadsTo = (directory: string, glob: string): boolean =>
  directory.endsWith('/**') && glob.startsWith(directory.slice(0, -2));

function addPlace(globs: Set<string>, word: string, besides: ReadonlySet<string>): void {
  if (word.length > 200 || !word.includes('/') || globs.size > 4 * PLACES) return;
  const path = word
    .replace(/^[([{*_~]+/, '')
    .replace(/[)\]}_~,.;:!?]+$/, '')
    .replace(/(?::\d{1,6}){1,2}$|#L\d{1,6}$/, '')
    .replace(/^\.\//, '');
  if (besides.has(path)) return;
  if (/\*/.test(path)) {
    if (/^[\w.@+-]+\/[\w.@+*?/{},-]+$/.test(path) && globFault(path) === undefined) globs.add(path);
    return;
  }
  const parts = path.split('/');
  const last = parts.pop() ?? '';
  if (parts.length === 0 || parts.some((part) => !/^[\w.@+-]+$/.test(part) || part.endsWith('.'))) return;
  if (path.startsWith('@') || /\.(?:com|org|net|io|dev|app)$/i.test(parts[0] ?? '')) return;
  if (last !== '' && !/^[\w.@+-]*\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(last)) return;
  globs.add(`${parts.join('/')}/**`);
}
