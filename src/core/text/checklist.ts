/**
 * Reads the two kinds of lists that an issue can have: the tasks of an epic, each an issue, and acceptance criteria.
 */
import type { Criterion, IssueNumber, IssueRef, RepositoryName } from '#core/model/epic';
import type { CriteriaUnread, TaskUnread } from '#core/model/problem/faults';
import { type Dependency, phraseIn, refsNamedBy } from './dependencies.ts';
import { headingsIn, LABEL_LEVEL } from './headings.ts';
import { type Line, MAX_UNREAD, ofOwn, type ReadableLine, readRefs, refsIn, shown } from './markdown.ts';

/** An item of a list, with or without a box. */
const ITEM = /^(\s*)(?:[-*+]|\d{1,9}[.)])(?:\s+\[([ xX])\](?=\s)|(?=\s))\s*/;
const OPEN_BOX = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[ \]\s/;
const MAX_BOXES = 100;
/** A cell of a table that is nothing but an issue. */
const ISSUE_CELL = /^\s*\|(?:[^|]{0,200}\|){0,10}[\s*_]*(?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d{1,16}[\s*_]*\|/;
/** `Wave 1: #14, #15` */
const ISSUES_OF_STEP =
  /^[\s*_]*(?:wave|phase|step|stage|sprint|milestone|track|batch|segments?|tasks?|(?:sub-?)?issues?|stories)\b[^#:：]{0,40}[:：][\s*_]*(?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d/i;
/** What was meant as a box: `- [] #12`, `- [ ]#12`, `-[ ] #12`. */
const BROKEN_BOX = /^\s*(?:[-*+]|\d{1,9}[.)])?\s{0,4}\[[ xX]?\]\s{0,4}/;
/** An item that is crossed out was withdrawn. */
const CROSSED_OUT = /^~~[^~]*~~[\s.]*$/;
const indentOf = (text: string): number => text.length - text.trimStart().length;

// ── Tasks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface TaskListItem {
  /** An issue of this repository. */
  readonly number: IssueNumber;
  readonly line: number;
  readonly text: string;
  readonly state: 'open' | 'met';
  /** From the item's text, `(depends on: #3)`, or from lines below it. */
  readonly dependsOn: readonly IssueRef[];
}

export interface TaskList {
  readonly items: readonly TaskListItem[];
  /** Items that name an issue of another repository. */
  readonly elsewhere: readonly Dependency[];
  /** Items that may name an issue, at most `MAX_UNREAD`. */
  readonly unread: readonly UnreadTask[];
}

export interface UnreadTask extends Line {
  readonly why: TaskUnread;
}

/** A dependency inside an item. "The cart, which does not depend on #3" has none. */
const ITEM_DEPENDS =
  /(?<!\b(?:not|nicht|no|pas) )(?<=^|[\s(,;–—-])(?:it |this )?(?:depends?[ -]on|blocked[ -]by|hängt (?:ab )?von|blockiert (?:durch|von)|depende de|bloquead[oa] por|dépend de|bloquée? par|dipende da)\b[\s:：]*/i;

/**
 * Reads the items of task lists that name issues: `- [ ] #12 (depends on: #3)`, `- [ ] The cart (#12)`, `- [x] **Cart**: #12`.
 * A box under acceptance criteria is not a task, unless an issue is the first thing in it.
 *
 * @param own the repository of the text. Items that name an issue of another one are listed as `elsewhere`.
 */
export function taskListIn(lines: readonly ReadableLine[], own: RepositoryName | undefined): TaskList {
  const items: { -readonly [Key in keyof TaskListItem]: TaskListItem[Key] }[] = [];
  const elsewhere: Dependency[] = [];
  const unread: UnreadTask[] = [];
  const headings = headingsIn(lines);
  let isCriteria = 0;
  /** The items of the latest line that named issues, and its indent: lines below it may belong to it. */
  let latest: { readonly of: typeof items; readonly indent: number; readonly line: number } | undefined;
  /** Items of the current list that are not tasks. Next to real tasks, their author expects somebody to work on them. */
  let list: { readonly left: { line: ReadableLine; why: TaskUnread }[]; named: number } = { left: [], named: 0 };
  /** Items without a box that begin with an issue, rows of a table with one in a cell, and lines such as `Wave 1: #14`. */
  const boxless: ReadableLine[] = [];
  const endList = (): void => {
    if (list.named > 0) for (const { line, why } of list.left) doubt(line, why);
    list = { left: [], named: 0 };
  };
  lines.forEach((line, index) => {
    const heading = headings.get(index);
    if (heading) {
      endList();
      latest = undefined;
      if (heading === 'underline') return;
      if (isCriteriaName(heading.name)) isCriteria = heading.level;
      else if (heading.level <= isCriteria) isCriteria = 0;
      return;
    }
    const item = ITEM.exec(line.text);
    const indent = indentOf(line.text);
    const broken = item?.[2] === undefined ? BROKEN_BOX.exec(line.text) : null;
    if (broken && refsIn(line.text, broken[0].length).length > 0 && isCriteria === 0) {
      doubt(line, 'broken box');
      return;
    }
    if (latest && indent > latest.indent && item?.[2] === undefined) {
      dependenciesBelow(line, latest.of);
      return;
    }
    if (!item) {
      if (ISSUE_CELL.test(line.text) || ISSUES_OF_STEP.test(line.text)) {
        boxless.push(line);
        return;
      }
      if (indent === 0 && line.text.trim() !== '') {
        endList();
        latest = undefined;
      }
      return;
    }
    if (item[2] === undefined) {
      if (readRefs(line.text, item[0].length).refs.length > 0 && isCriteria === 0) {
        boxless.push(line);
        list.left.push({ line, why: 'no box' });
      }
      return;
    }
    if (!CROSSED_OUT.test(line.text.slice(item[0].length)))
      take(line, item[0].length, indent, item[2] === ' ' ? 'open' : 'met');
  });
  endList();
  // One such item can be a mention. Several are a list that somebody made for people.
  const isListed = items.length + elsewhere.length === 0 && boxless.length > 1;
  if (isListed) for (const line of boxless) doubt(line, 'no box');
  return { items, elsewhere, unread: unread.toSorted((a, b) => a.number - b.number).slice(0, MAX_UNREAD) };

  function take(line: ReadableLine, start: number, indent: number, state: TaskListItem['state']): void {
    const { number, text } = line;
    const said = ITEM_DEPENDS.exec(text.slice(start));
    const words = said ? text.slice(0, start + said.index) : text;
    const named = isCriteria > 0 ? { refs: readRefs(words, start).refs } : refsNamedBy(words, start);
    if (named.refs === undefined) {
      doubt(line, 'unclear');
      return;
    }
    if (named.refs.length === 0) {
      // A box below a task is one of its steps.
      if (isCriteria === 0 && !(latest && indent > latest.indent)) list.left.push({ line, why: 'no issue' });
      return;
    }
    const depends = said ? readRefs(text, start + said.index + said[0].length).refs : [];
    if (said && depends.length === 0 && refsIn(text, start + said.index).length > 0) doubt(line, 'dependency unclear');
    list.named++;
    const taken: typeof items = [];
    for (const ref of named.refs.map((each) => ofOwn(each, own))) {
      if (ref.repository) elsewhere.push({ ref, line: number, text: shown(text) });
      else
        taken.push({
          number: ref.number,
          line: number,
          text: shown(text),
          state,
          dependsOn: depends.map((each) => ofOwn(each, own)),
        });
    }
    items.push(...taken);
    latest = { of: taken, indent, line: number };
  }

  /** A line below an item, such as `  - depends on #3`. */
  function dependenciesBelow(line: ReadableLine, of: typeof items): void {
    const phrase = phraseIn(line);
    if (phrase?.strength !== 'verb') return;
    const refs = readRefs(phrase.text, phrase.end).refs.map((ref) => ofOwn(ref, own));
    for (const each of of) each.dependsOn = [...each.dependsOn, ...refs];
  }

  function doubt({ number, text }: ReadableLine, why: TaskUnread): void {
    if (unread.length < 2 * MAX_UNREAD) unread.push({ number, text: shown(text), why });
  }
}

// ── Acceptance criteria ─────────────────────────────────────────────────────────────────────────────────────────────

export interface Criteria {
  readonly criteria: readonly Criterion[];
  readonly unread: readonly UnreadCriteria[];
  /** The lines of boxes outside of criteria that nobody has ticked, at most `MAX_BOXES`. */
  readonly boxes: readonly number[];
}

/** A heading, or an item, that gave no criteria. */
export interface UnreadCriteria extends Line {
  readonly why: CriteriaUnread;
}

const CRITERIA =
  /^(?:(?:[\w-]+ ){0,2}acceptance criteri(?:a|on)\b.{0,60}|acceptance(?: tests?| checks?)?|definition of done\b.{0,20}|dod|acs?|done when|(?:success|exit|completion) criteria)$/;
/** The same heading in other languages, as people write it in lower case. */
const CRITERIA_ELSEWHERE = new RegExp(
  [
    /^(?:akzeptanzkriterien|abnahmekriterien|acceptatiecriteria|kryteria akceptacji)$/,
    /^(?:criterios de aceptaci[oó]n|critérios de (?:aceitação|aceite)|critères d['’]acceptation|criteri di accettazione)$/,
    /^(?:критерии при[её]мки|인수 (?:조건|기준)|완료 조건|受け?入れ?(?:条件|基準)|完了条件|验收(?:标准|条件)|驗收(?:標準|條件))$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
/** Words that are a heading even without any mark of one. */
const PLAIN_CRITERIA =
  /^\s*(?:acceptance(?: criteri(?:a|on)| tests?)?|definition of done|(?:success|exit) criteria|done when)\s*[:：]?\s*$/i;
/** Criteria that begin behind the words on the same line. */
const CRITERIA_ON_LINE = /^[\s*_]*(?:acceptance criteri(?:a|on))[\s*_]*[:：][\s*_]*(?=\S)/i;
const NO_CRITERIA = /^[\s*_.-]*(?:none|n\/?a|nothing|not applicable|no response|tbd)[\s*_.]*$/i;

const isCriteriaName = (name: string): boolean => CRITERIA.test(name) || CRITERIA_ELSEWHERE.test(name);
const isPlainCriteria = (text: string): boolean =>
  text.length < MAX_PLAIN_CHARS && (PLAIN_CRITERIA.test(text) || CRITERIA_ELSEWHERE.test(nameOfLine(text)));
/** Longer lines are sentences. */
const MAX_PLAIN_CHARS = 40;
const nameOfLine = (text: string): string =>
  text
    .trim()
    .replace(/[:：]$/, '')
    .trimEnd()
    .toLowerCase();

interface Item {
  readonly line: number;
  readonly state: Criterion['state'];
  readonly hasBox: boolean;
  readonly indent: number;
  text: string;
  /** Boxes are below it: it is their heading. */
  isGroup: boolean;
}

interface Section {
  readonly level: number;
  readonly heading: ReadableLine;
  readonly items: Item[];
  /** The item that the next lines may belong to, and the number of its last line. */
  open: Item | undefined;
  last: number;
  hasNone: boolean;
}

/**
 * The items under "Acceptance criteria" and its synonyms, up to the next heading of the same or a higher level (SPEC R1.6):
 * task-list items, or all items of a section that has no boxes. A criterion is the whole item, with its paragraphs and the
 * items below it.
 */
export function readCriteria(lines: readonly ReadableLine[]): Criteria {
  const criteria: Criterion[] = [];
  const unread: UnreadCriteria[] = [];
  const ids = new Set<string>();
  const headings = headingsIn(lines);
  let section: Section | undefined;
  const boxes: number[] = [];
  lines.forEach((line, index) => {
    const heading = headings.get(index);
    if (heading === 'underline') return;
    if (heading) {
      if (isCriteriaName(heading.name)) begin(line, heading.level);
      else if (section && heading.level <= section.level) end();
      else if (section) section.open = undefined;
      return;
    }
    if (isPlainCriteria(line.text)) begin(line, LABEL_LEVEL);
    else if (!section && CRITERIA_ON_LINE.test(line.text))
      unread.push({ number: line.number, text: shown(line.withCode), why: { kind: 'no items' } });
    else if (section) read(section, line);
    else if (boxes.length < MAX_BOXES && OPEN_BOX.test(line.text)) boxes.push(line.number);
  });
  end();
  return { criteria, unread: unread.slice(0, MAX_UNREAD), boxes };

  function begin(heading: ReadableLine, level: number): void {
    // A heading may have a bold line or a deeper heading of the same name below it.
    if (section && level === LABEL_LEVEL && section.level < LABEL_LEVEL) {
      section.open = undefined;
      return;
    }
    if (section && level > section.level && section.items.length === 0) section = undefined;
    end();
    section = { level, heading, items: [], open: undefined, last: heading.number, hasNone: false };
  }

  function read(of: Section, { number, withCode }: ReadableLine): void {
    if (withCode.trim() === '') return;
    const item = ITEM.exec(withCode);
    const indent = indentOf(withCode);
    const { open } = of;
    if (item && (item[2] !== undefined || !open || indent <= open.indent)) {
      if (open && !open.hasBox && indent > open.indent) open.isGroup = true;
      const hasBox = item[2] !== undefined;
      const state = hasBox && item[2] !== ' ' ? 'met' : 'open';
      of.open = { line: number, state, hasBox, indent, text: withCode.slice(item[0].length).trim(), isGroup: false };
      of.items.push(of.open);
      of.last = number;
    } else if (open && (item || number <= of.last + 1 || indent > open.indent + 1)) {
      const words = (item ? withCode.slice(item[0].length) : withCode).trim();
      open.text += `${item && !/[:;,]$/.test(open.text) ? ';' : ''} ${words}`;
      of.last = number;
    } else {
      if (NO_CRITERIA.test(withCode)) of.hasNone = true;
      of.open = undefined;
      // A bold line heads the list below it, and nothing that comes after.
      if (of.level === LABEL_LEVEL && of.items.length > 0) end();
    }
  }

  function end(): void {
    if (!section) return;
    const { heading, items, hasNone } = section;
    section = undefined;
    const said = items.filter(({ text }) => text !== '' && !CROSSED_OUT.test(text));
    const boxes = said.filter(({ hasBox }) => hasBox);
    const isPlain = boxes.length === 0;
    for (const item of isPlain ? said : boxes) add(item);
    if (said.length === 0 && !hasNone) doubt(heading.number, heading.withCode, { kind: 'no items' });
    const boxless = isPlain ? [] : said.filter(({ hasBox, isGroup }) => !hasBox && !isGroup);
    const [first] = boxless;
    if (first) doubt(first.line, first.text, { kind: 'no box', count: boxless.length });
  }

  function add({ line, state, text }: Item): void {
    const { id, text: words } = splitId(text);
    const unique = id !== undefined && !ids.has(id) ? id : `C${criteria.length + 1}`;
    ids.add(unique);
    criteria.push({ id: unique, text: words, line, state });
  }

  function doubt(number: number, text: string, why: CriteriaUnread): void {
    unread.push({ number, text: shown(text), why });
  }
}

/** Splits the author's id from the words: `AC-3: The total …`, `**REQ-12** The total …`, `[AC-3] The total …`. */
function splitId(text: string): { readonly id: string | undefined; readonly text: string } {
  const found = /^(\*\*|__|\[|\(|`)?([A-Z][A-Z0-9]{0,15}-\d{1,6})(?!-|_?[A-Za-z0-9])[ \t]*[:.–—-]?/.exec(text);
  if (!found) return { id: undefined, text };
  const [start, opened, id] = found;
  let words = text.slice(start.length);
  const close = opened === undefined ? undefined : CLOSES.get(opened);
  if (close !== undefined) {
    // Emphasis may also go on to the end: `**AC-3 The total …**`.
    if (words.startsWith(close)) words = words.slice(close.length).replace(/^[ \t]*[:.–—-]?/, '');
    else if (words.trimEnd().endsWith(close) && close.length === 2) words = words.trimEnd().slice(0, -close.length);
    else return { id: undefined, text };
  }
  words = words.trim();
  return words ? { id, text: words } : { id: undefined, text };
}

const CLOSES: ReadonlyMap<string, string> = new Map([
  ['**', '**'],
  ['__', '__'],
  ['[', ']'],
  ['(', ')'],
  ['`', '`'],
]);
