/**
 * Finds what an issue says that it waits for: `Depends on #12`, `Blocked by: #12`, a heading or a bold line with a list below
 * it, a row of a table.
 *
 * A phrase must begin its line, because a sentence can mention a dependency without stating one. A line that looks like a
 * dependency and names no issue is never dropped in silence: it would let a segment start too early (SPEC R1.3, R1.9).
 */
import type { IssueRef } from '#core/model/epic';
import type { DependencyUnread } from '#core/model/problem/faults';
import { headingsIn, LABEL_LEVEL } from './headings.ts';
import { type Line, MAX_UNREAD, type ReadableLine, type Refs, readRefs, refsIn, shown } from './markdown.ts';

/** An issue that another one waits for, with the place in its text that says so. */
export interface Dependency {
  readonly ref: IssueRef;
  readonly line: number;
  readonly text: string;
  readonly inFrontMatter?: true;
}

export interface Dependencies {
  readonly found: readonly Dependency[];
  /** Texts in the place of a reference that name no issue. */
  readonly faults: readonly Line[];
  /** Lines that look like dependencies, at most `MAX_UNREAD`. */
  readonly unread: readonly UnreadDependency[];
  /** The numbers of lines among dependencies that name no issue: packages, or decisions of people. */
  readonly others: readonly number[];
}

export interface UnreadDependency extends Line {
  readonly why: DependencyUnread;
}

/**
 * How sure a phrase is. `depends on` states a dependency wherever it begins a line. The nouns also head lists of packages, and
 * `requires` or `after` also begin sentences, so these count only with issues.
 */
type Strength = 'verb' | 'noun' | 'word';

const PHRASES: readonly (readonly [Strength, RegExp])[] = [
  [
    'verb',
    /(?:(?:depends?|dependent|depending)(?: {1,3}|-)on|blocked(?: {1,3}|-)(?:by|on)|depends(?=\s?[:：]))(?!_?[a-z0-9])/iy,
  ],
  [
    'verb',
    /(?:hängt (?:ab )?von|abhängig von|blockiert (?:durch|von)|wartet auf|depende de|bloquead[oa] por|dépend de|bloquée? par|dipende da|bloccat[oa] da|hangt af van|afhankelijk van|geblokkeerd door|zależy od|зависит от)(?!_?[\p{L}\d])/iuy,
  ],
  [
    'noun',
    /(?:dependenc(?:y|ies)|prereq(?:uisite)?s?|blockers?|(?:must |has to |to )?waits? (?:for|on)|waiting (?:for|on))(?!_?[a-z0-9])/iy,
  ],
  [
    'noun',
    /(?:abhängigkeit(?:en)?|voraussetzung(?:en)?|dependencias?|dependências?|dépendances?|dipendenz[ae]|afhankelijkheden|依存(?:関係|先)?|前提条件|依赖(?:关系)?|의존성)(?![\p{Script=Latin}\d_])/iuy,
  ],
  ['word', /(?:requires?|needs|(?:starts? |only )?(?:after|once))(?!_?[a-z0-9-])/iy],
];

/** Every phrase has one of these words. Most lines have none, and need no closer look. */
const MAYBE_LATIN =
  /depend|blo[ckq]|wait|require|need|after|before|once|soon|until|unless|prereq|wartet|voraus|dipend|hangt|afhank/i;
const MAYBE_OTHERS = /h[äÄ]ng|dépend|zależy|зависит|依存|前提|依赖|의존/i;
const isMaybe = (text: string): boolean => MAYBE_LATIN.test(text) || MAYBE_OTHERS.test(text);
/** Steps rather than one expression, which would backtrack over long runs of spaces. */
const UP_TO_PHRASE = [
  /(?:h[1-6]\. +)?/y,
  /(?:[\s*_+#|-]|\p{Extended_Pictographic}|\ufe0f|\u200d)*/uy,
  /(?:\d{1,9}[.)]\s+)?/y,
  /(?:\[[ xX]\]\s*)?/y,
  /(?:<[a-z][a-z0-9]{0,9}>)?/iy,
  /(?:[\s*_]|\p{Extended_Pictographic}|\ufe0f|\u200d)*/uy,
];
const BEHIND_PHRASE = [
  /[\s*_:：|=→–—>-]*/y,
  /(?:<\/[a-z][a-z0-9]{0,9}>\s*)?/iy,
  /(?:(?:the )?(?:issues?|tickets?|tasks?|pull requests?|prs?|segments?)(?=[\s:：#(]))?[\s:：]*/iy,
];
const BLOCKS =
  /^[\s*_+-]*(?:this )?(?:is )?(?:blocks|blocking|required by|needed by|prerequisite (?:of|for))[\s*_:：]*/i;
/** Statements in the middle of a line, without the words that deny them. */
const IN_SENTENCE = [
  /(?<!\b(?:not|no longer|never|n't|nothing|without being) )\b(?:depends? on|blocked by):? (?=#\d|gh-\d|[\w-]{1,39}\/[\w.-]{1,100}#\d)/i,
  // "Blocked by the legal review and by #154", "as soon as #151 is merged"
  /(?<!\b(?:not|no longer|never|n't|nothing|without being) )\b(?:depends? on|blocked by|waits? for|waiting for) [^.!?;#]{1,80}#\d/i,
  /\b(?:not|only|must|should|can|could|may|will|to) (?:start|begin|land|merge|ship|come|run|be merged|be done) (?:only )?(?:before|after) #\d/i,
  /\b(?:as soon as|once|after|until|unless) (?:#\d{1,16}(?:,? (?:and|or) |, )?){1,10} (?:is|are|has|have|lands?|merges?|ships?)\b/i,
];
/** A cell of a table's head: the rows below name issues in a form that Swarm does not read. */
const IN_TABLE = /\|\s*(?:depends on|blocked by|dependencies|blockers)\s*\|/i;
const NONE =
  /^[\s*_:：|.([-]*(?:none|nothing(?: else)?|no one|n\/?a|no|not applicable|no response|[-–—])?[\s*_.!|)\]-]*$/i;
const MORE_BELOW = /^[\s*_]*(?:,|;|&|\+|\/|and)[\s*_,;&+]*$/i;
const MORE_ABOVE = /^\s*(?:,|;|&|and)(?=[\s#])/i;
/** An item, or a row of a table. */
const ITEM = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s)?|\|\s*)/;

interface Phrase {
  readonly strength: Strength;
  /** The position behind the phrase. */
  readonly behind: number;
  /** The position behind what separates it from the rest. */
  readonly end: number;
  /** The line with a phrase in code, as in `` `Depends on:` #12 ``, as if it were not code. */
  readonly text: string;
  /** The phrase begins a sentence, an item or a cell, and not the continuation of a sentence. */
  readonly isStart: boolean;
}

/** The issues that lines say they wait for, and the lines that may say so. */
export function readDependencies(lines: readonly ReadableLine[]): Dependencies {
  const found: Dependency[] = [];
  const faults: Line[] = [];
  const unread: UnreadDependency[] = [];
  const others: number[] = [];
  const headings = headingsIn(lines);
  /** The phrase that lines below may belong to: the items of a list, the next line, or a whole section. */
  let open: Open | undefined;
  lines.forEach((line, index) => {
    const heading = headings.get(index);
    if (heading === 'underline') return;
    const phrase = phraseIn(line);
    if (phrase) {
      end();
      begin(line, phrase, heading?.level);
      return;
    }
    // A bold line is a part of its section.
    if (heading && !(heading.level === LABEL_LEVEL && open?.kind === 'section')) end();
    // A comment on a line of its own ends no list.
    else if (line.withCode.trim() !== '') below(line);
  });
  end();
  return { found, faults, unread, others: others.slice(0, MAX_UNREAD) };

  function begin(
    line: ReadableLine,
    { strength, text, behind, end: start, isStart }: Phrase,
    level: number | undefined,
  ): void {
    // With code: `` Depends on `#12` `` says something.
    const rest = line.withCode.slice(behind).replace(/^[`\s*_:：|=→–—>-]+/, '');
    const isLabel = rest === '' || /^<\/[a-z0-9]+>\s*$/i.test(rest);
    const isAlone = isLabel || (level !== undefined && NONE.test(rest));
    const count = isLabel ? 0 : take(line, text, start, strength);
    if (count === 0 && !isLabel && (strength === 'verb' ? isStart : mentions(text, start)) && !NONE.test(rest)) {
      doubt(line, strength === 'verb' ? 'no issue' : 'unclear');
    }
    const kind = level !== undefined && level < LABEL_LEVEL ? 'section' : isLabel ? 'items' : 'next line';
    const expects = kind !== 'next line' || MORE_BELOW.test(afterRefs(text, start));
    if (kind === 'next line' && count === 0) return;
    open = { kind, line, strength, count, last: line.number, expects, isEmpty: isAlone };
  }

  /** A line below a phrase. */
  function below(line: ReadableLine): void {
    if (!open) {
      aside(line);
      return;
    }
    const isNext = line.number <= open.last + 1;
    if (open.kind === 'next line') {
      const goesOn = isNext && (open.expects || MORE_ABOVE.test(line.text));
      const start = (MORE_ABOVE.exec(line.text) ?? (open.expects ? ITEM.exec(line.text) : null))?.[0].length ?? 0;
      const { refs } = readRefs(line.text, start);
      if (!goesOn || refs.length === 0) {
        open = undefined;
        aside(line);
        return;
      }
      take(line, line.text, start, open.strength);
      open = { ...open, last: line.number, expects: MORE_BELOW.test(afterRefs(line.text, start)) };
      return;
    }
    const item = ITEM.exec(line.text);
    const isFirst = open.count === 0 && open.isEmpty;
    if (open.kind === 'items' && !item && !((isFirst || isNext) && readRefs(line.text).refs.length > 0)) {
      // A word right below is an answer. A paragraph further down is another thought.
      if (isNext && !NONE.test(line.text)) open = { ...open, isEmpty: false };
      end();
      return;
    }
    const start = item?.[0].length ?? 0;
    let count = take(line, line.text, start, open.strength);
    if (count === 0 && mentions(line.text, start)) count = doubt(line, 'unclear');
    const isNone = NONE.test(line.withCode.slice(start));
    const isEmpty = open.isEmpty && (count > 0 || isNone);
    if (item && count === 0 && !isNone) others.push(line.number);
    open = { ...open, count: open.count + count, last: line.number, isEmpty };
  }

  /** The end of a list or section. If it has words and no issue, its phrase says something that Swarm cannot read. */
  function end(): void {
    if (open && open.kind !== 'next line' && open.strength === 'verb' && open.count === 0 && !open.isEmpty) {
      doubt(open.line, 'no issue');
    } else if (open?.kind === 'section' && open.count === 0 && !open.isEmpty && others.length === 0) {
      others.push(open.line.number);
    }
    open = undefined;
  }

  function take(line: ReadableLine, text: string, start: number, strength: Strength): number {
    const { number, text: whole } = line;
    const read = readGlossed(text, start);
    // "After #12 we decided …" tells a story.
    if (strength === 'word' && !/^[\s*_.,;:|)\]!-]*(?:and[\s,]*)?$/.test(text.slice(read.end))) return 0;
    const isFault = strength === 'verb' && read.faults.length > 0;
    if (isFault) for (const fault of read.faults) faults.push({ number, text: fault });
    const named = read.refs.length > 0 || isFault ? read.refs : (refsNamedBy(text, start).refs ?? []);
    for (const ref of named) found.push({ ref, line: number, text: shown(whole.trim() === '' ? text : whole) });
    const isFirst = named.length > 0 && read.refs.length > 0 && strength === 'verb';
    if (isFirst && ANOTHER.test(withoutAsides(text.slice(read.end)))) doubt(line, 'unclear');
    return named.length + (isFault ? 1 : 0);
  }

  /** A line without a phrase at its start. */
  function aside(line: ReadableLine): void {
    if (!isMaybe(line.text)) return;
    // What is crossed out no longer counts.
    const text = line.text.replace(/~~[^~]{1,300}~~/g, '');
    const blocks = BLOCKS.exec(text);
    if (blocks && readRefs(text, blocks[0].length).refs.length > 0) doubt(line, 'other direction');
    else if (IN_SENTENCE.some((form) => form.test(text)) && !BOX_WITH_ISSUE.test(text)) doubt(line, 'in a sentence');
    else if (IN_TABLE.test(text)) doubt(line, 'in a table');
  }

  function doubt({ number, withCode }: ReadableLine, why: DependencyUnread): number {
    if (unread.length < MAX_UNREAD) unread.push({ number, text: shown(withCode), why });
    return 1;
  }
}

/** What may stand between two issues: `#12 (the API), #13 (the page)`. */
const GLOSS = /\s{0,20}\([^()]{0,200}\)\s{0,20}(?:,|;|&|\+|and\b|or\b)?\s{0,20}/y;

/** The references that follow each other, also with words in brackets behind them. */
function readGlossed(text: string, start: number): Refs {
  let read = readRefs(text, start);
  while (read.refs.length > 0) {
    GLOSS.lastIndex = read.end;
    if (!GLOSS.test(text)) break;
    const more = readRefs(text, GLOSS.lastIndex);
    if (more.refs.length === 0) break;
    read = { refs: [...read.refs, ...more.refs], faults: [...read.faults, ...more.faults], end: more.end };
  }
  return read;
}

/** Another issue that may be waited for, in words that Swarm does not read: "#12 for the API and #13 for the page". */
const ANOTHER = /(?:\b(?:and|plus|then|also|on|by)|[,;&]) #\d/i;
const withoutAsides = (text: string): string => text.replace(/\([^()]{0,200}\)/g, ' ');

interface Open {
  readonly kind: 'items' | 'section' | 'next line';
  readonly line: ReadableLine;
  readonly strength: Strength;
  /** How many issues were read, or reported as unread. */
  readonly count: number;
  /** The number of the last line that belongs to it. */
  readonly last: number;
  /** The line ends in a comma or an "and". */
  readonly expects: boolean;
  /** So far, nothing but issues and words for none. */
  readonly isEmpty: boolean;
}

/** Items of a task list have dependencies of their own. */
const BOX_WITH_ISSUE = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[[ xX]\]\s/;

const mentions = (text: string, start: number): boolean => refsIn(text, start).length > 0;
const afterRefs = (text: string, start: number): string => text.slice(readRefs(text, start).end);

/** The phrase that a line begins with. */
export function phraseIn(line: ReadableLine): Phrase | undefined {
  if (!isMaybe(line.withCode)) return undefined;
  const text = withPhraseInCode(line);
  let at = 0;
  const pass = (steps: readonly RegExp[]): void => {
    for (const step of steps) {
      step.lastIndex = at;
      if (step.test(text)) at = step.lastIndex;
    }
  };
  pass(UP_TO_PHRASE);
  const start = at;
  for (const [strength, phrase] of PHRASES) {
    phrase.lastIndex = start;
    if (!phrase.test(text)) continue;
    const behind = phrase.lastIndex;
    at = behind;
    pass(BEHIND_PHRASE);
    const isStart =
      start > 0
        ? text.slice(0, start).trim() !== '' || /\p{Lu}/u.test(text.charAt(start))
        : /\p{Lu}/u.test(text.charAt(0));
    return { strength, text, behind, end: at, isStart };
  }
  return undefined;
}

/** A label is often set in code: `` `Depends on:` #12 ``. Everything else in code stays hidden. */
function withPhraseInCode({ text, withCode, code: [first] }: ReadableLine): string {
  if (first === undefined || !/^\s*(?:depends? on|blocked by|depends|dependencies)\s*[:：]?\s*$/i.test(first))
    return text;
  const from = withCode.indexOf('`');
  const label = withCode.indexOf(first, from);
  return `${text.slice(0, label)}${first}${text.slice(label + first.length)}`;
}

// ── The issues that an item names ───────────────────────────────────────────────────────────────────────────────────

export interface Named {
  /** Undefined if the text mentions issues and it is not clear that it stands for them. */
  readonly refs: readonly IssueRef[] | undefined;
}

/** Words before a reference that make it a mention: "follow up on #12". */
const MENTIONING =
  /(?:^|[\s(,])(?:a|about|after|also|and|as|at|before|by|cf|closes?|due|during|fix|fixes|follow|for|from|in|into|is|like|of|off|on|or|per|resolves?|see|since|than|the|to|until|via|when|with|without)[.:]?\s*$/i;

/**
 * The issues that an item stands for: those at its start (`#12 the cart`), or those at its end (`The cart (#12)`,
 * `**Cart**: #12`, `[Cart](https://github.com/octo/shop/issues/12)`).
 */
export function refsNamedBy(text: string, start: number): Named {
  const first = readRefs(text, start).refs;
  if (first.length > 0) return { refs: first };
  const all = refsIn(text, start);
  if (all.length === 0) return { refs: [] };
  const last = all.at(-1);
  if (!last || !/^[\s*_.,;:!|)\]]*$/.test(text.slice(last.end))) return { refs: undefined };
  const from = all.findLastIndex(({ isJoined }) => !isJoined);
  const run = all.slice(from);
  const before = text.slice(start, run[0]?.from);
  const isSetOff = /[([:：|→–—-][\s*_]*$/.test(before);
  // Another issue, or a word such as "see" before this one, makes it a mention.
  const isMention = from > 0 || MENTIONING.test(before.replace(/[*_]/g, ''));
  return { refs: isMention && !isSetOff ? undefined : run.map(({ ref }) => ref) };
}
