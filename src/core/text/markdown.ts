/**
 * What of an issue's Markdown speaks: its lines, without code, quotes and comments, and the references in them.
 *
 * People paste logs, templates and each other's words into issues. Only what the author says here and now may become a
 * dependency or a segment (SPEC R1.3), so everything that reads an issue reads it through `readableLines`. The rules
 * are CommonMark's, block by block; where a reader would see quoted or literal text, it does not count.
 *
 * @see https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/
 */
import { type IssueNumber, type IssueRef, issueNumber } from '#core/model/epic';
import { trimEndOf } from './trim-end.ts';

export interface Line {
  /** 1-based; what U+2028 parts has one number, as in every editor. */
  readonly number: number;
  readonly text: string;
}

export interface ReadableLine extends Line {
  /** The same with inline code kept, in the same columns: `text` has blanks there. */
  readonly withCode: string;
  /** The contents of its inline code. */
  readonly code: readonly string[];
}

/**
 * Characters nobody sees: tag characters (which can spell out instructions), direction overrides, zero-width spaces
 * and joiners outside emoji and scripts that need them, half surrogates.
 */
const HIDDEN =
  /[\u{e0000}-\u{e007f}\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060-\u2064\ufeff\u00ad\u180e\p{Cs}]|(?<=[\0-\x7f])[\u200c\u200d]/u;
/** The flags of England, Scotland and Wales are spelled with tag characters; they are seen. */
const FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}]{4,5}\u{e007f}/u;
const FLAG_OR_HIDDEN = new RegExp(`${FLAG.source}|${HIDDEN.source}`, 'gu');

const isFlag = (found: string): boolean => found.startsWith('\u{1f3f4}');

/** Nothing beyond ASCII is hidden, or ends a line of its own kind: most texts need not be looked through for that. */
const ASCII_ONLY = /^[\0-\x7f]*$/;

/** How many characters of the text nobody can see. A byte order mark at the very start is none. */
export const countHidden = (text: string): number =>
  ASCII_ONLY.test(text)
    ? 0
    : (text.replace(/^\ufeff/, '').match(FLAG_OR_HIDDEN) ?? []).filter((found) => !isFlag(found)).length;

/** All lines as a person sees them, whatever ends them. */
export function linesOf(text: string): readonly Line[] {
  if (ASCII_ONLY.test(text)) {
    const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n');
    return lines.map((line, at) => ({ number: at + 1, text: line }));
  }
  return text
    .replace(FLAG_OR_HIDDEN, (found) => (isFlag(found) ? found : ''))
    .split(/\r\n|\n|\r/)
    .flatMap((line, at) => line.split(/[\u2028\u2029]/).map((part) => ({ number: at + 1, text: part })));
}

/** The lines that speak. Front matter is not told apart here: it has been cut off before. */
export function readableLines(lines: readonly Line[]): readonly ReadableLine[] {
  const readable: ReadableLine[] = [];
  for (const paragraph of paragraphs(lines)) readable.push(...withoutInlineCode(paragraph));
  return readable;
}

// ── Blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────────

type Block =
  | { readonly kind: 'text' }
  | { readonly kind: 'fence'; readonly mark: string; readonly length: number }
  | { readonly kind: 'quote' }
  | { readonly kind: 'indented code' }
  | { readonly kind: 'html'; readonly ends: string };

const TEXT: Block = { kind: 'text' };
const COMMENT_END = '-->';
const LIST_MARK = /^\s*(?:[-*+]|\d{1,9}[.)])(?=\s|$)/;
const HEADING = /^ {0,3}#{1,6}(?=\s|$)/;
const FENCE = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})([^\n]*)$/;
const COMMENT = /^(?: {0,3}|\s*(?:[-*+]|\d{1,9}[.)])\s+)<!--/;
/** Elements whose content is literal or somebody else's. */
const HTML = /^\s*<(pre|script|style|textarea|blockquote|code)(?=[\s>]|$)/i;

/** Runs of lines within which inline code can span; literal and quoted lines are left out. */
function paragraphs(lines: readonly Line[]): readonly (readonly Line[])[] {
  const found: Line[][] = [];
  let current: Line[] = [];
  let block: Block = TEXT;
  let afterBlank = true;
  let inList = false;
  const part = () => {
    if (current.length > 0) found.push(current);
    current = [];
  };
  for (const line of lines) {
    const { number } = line;
    let { text } = line;
    if (block.kind === 'text' && beginsWithLetter(text)) {
      // Nothing of what begins a block begins so: the usual line, told at once.
      if (afterBlank) inList = false;
      current.push(line);
      afterBlank = false;
      continue;
    }
    if (block.kind === 'fence') {
      if (closesFence(text, block)) {
        block = TEXT;
        afterBlank = true;
      }
      continue;
    }
    if (block.kind === 'html') {
      const left = afterHtml(text, block, 0);
      block = left.block;
      text = left.text;
      if (block.kind === 'html') continue;
    }
    if (text.trim() === '') {
      part();
      if (block.kind === 'quote') block = TEXT;
      afterBlank = true;
      continue;
    }
    const starts = LIST_MARK.test(text) || HEADING.test(text) || FENCE.test(text);
    if (/^\s*>/.test(text) || (block.kind === 'quote' && !starts)) {
      // A paragraph goes on after a quote's last `>`: that line is still quoted.
      part();
      block = { kind: 'quote' };
      continue;
    }
    if (/^(?: {4}|\s*\t)/.test(text) && (afterBlank || block.kind === 'indented code') && !inList) {
      block = { kind: 'indented code' };
      continue;
    }
    block = opens(text);
    if (block.kind === 'html') {
      const left = afterHtml(text, block, block.ends === COMMENT_END ? text.indexOf('<!--') + 2 : 0);
      block = left.block;
      text = left.text;
    }
    if (block.kind !== 'text') {
      part();
      if (text === '' || block.kind !== 'html') continue;
    }
    if (starts) part();
    if (LIST_MARK.test(text)) inList = true;
    else if (HEADING.test(text) || (afterBlank && /^\S/.test(text))) inList = false;
    current.push({ number, text });
    if (HEADING.test(text)) part();
    afterBlank = false;
  }
  part();
  return found;
}

/** An ASCII one: neither a blank nor anything that means more than itself at the beginning of a line. */
export function beginsWithLetter(text: string): boolean {
  const letter = text.charCodeAt(0) | 0x20;
  return letter >= 0x61 && letter <= 0x7a;
}

function opens(text: string): Block {
  const fence = FENCE.exec(text);
  const mark = fence?.[1];
  if (mark !== undefined && (mark.startsWith('~') || !fence?.[2]?.includes('`'))) {
    return { kind: 'fence', mark: mark[0] ?? '', length: mark.length };
  }
  if (COMMENT.test(text)) return { kind: 'html', ends: COMMENT_END };
  const tag = HTML.exec(text)?.[1];
  return tag === undefined ? TEXT : { kind: 'html', ends: `</${tag.toLowerCase()}>` };
}

/** What is left of a line after the end of the HTML that is open in it; and what is open after the line. */
function afterHtml(text: string, block: Extract<Block, { kind: 'html' }>, from: number) {
  const end = text.toLowerCase().indexOf(block.ends, from);
  if (end === -1) return { text: '', block };
  const rest = text.slice(end + block.ends.length);
  const again = rest.lastIndexOf('<!--');
  return again !== -1 && rest.indexOf(COMMENT_END, again + 2) === -1
    ? { text: rest.slice(0, again), block: { kind: 'html', ends: COMMENT_END } as const }
    : { text: rest, block: TEXT };
}

function closesFence(text: string, { mark, length }: Extract<Block, { kind: 'fence' }>): boolean {
  const only = text.trim();
  return only.length >= length && [...only].every((letter) => letter === mark);
}

// ── Inline ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Span {
  readonly from: number;
  readonly to: number;
  readonly kind: 'code' | 'comment';
}

const NO_CODE: readonly string[] = [];

function withoutInlineCode(paragraph: readonly Line[]): readonly ReadableLine[] {
  if (!paragraph.some(({ text }) => text.includes('`') || text.includes('<!--'))) {
    return paragraph.map(({ number, text }) => ({ number, text, withCode: text, code: NO_CODE }));
  }
  const whole = paragraph.map((line) => line.text).join('\n');
  const spans = spansIn(whole);
  const readable: ReadableLine[] = [];
  let start = 0;
  let next = 0;
  for (const { number, text } of paragraph) {
    const end = start + text.length;
    let bare = '';
    let withCode = '';
    let done = 0;
    const code: string[] = [];
    while (next < spans.length) {
      const span = spans[next];
      if (!span || span.from >= end) break;
      const from = Math.max(span.from, start) - start;
      const to = Math.min(span.to, end) - start;
      const blanks = ' '.repeat(to - from);
      bare += text.slice(done, from) + blanks;
      withCode += text.slice(done, from) + (span.kind === 'comment' ? blanks : text.slice(from, to));
      if (span.kind === 'code') code.push(insideOf(text.slice(from, to)));
      done = to;
      if (span.to > end) break;
      next++;
    }
    bare += text.slice(done);
    withCode += text.slice(done);
    readable.push({ number, text: bare, withCode, code });
    start = end + 1;
  }
  return readable;
}

/** What stands between the backticks of a code span, or of the part of one that is on a line. */
function insideOf(span: string): string {
  const opened = span.replace(/^`+ ?/, '');
  const inside = trimEndOf(opened, '`');
  return inside !== opened && inside.endsWith(' ') ? inside.slice(0, -1) : inside;
}

/** Code spans and comments, in order. Linear: each run of backticks is looked for among those of its own length. */
function spansIn(text: string): readonly Span[] {
  const runs = new Map<number, number[]>();
  for (const run of text.matchAll(/`+/g)) {
    const same = runs.get(run[0].length) ?? [];
    same.push(run.index);
    runs.set(run[0].length, same);
  }
  const passed = new Map<number, number>();
  const spans: Span[] = [];
  let noMoreComments = false;
  for (let at = 0; at < text.length; ) {
    const letter = text[at];
    if (letter === '\\') {
      at += 2;
    } else if (letter === '`') {
      let length = 1;
      while (text[at + length] === '`') length++;
      const same = runs.get(length) ?? [];
      let index = passed.get(length) ?? 0;
      while (index < same.length && (same[index] ?? 0) < at + length) index++;
      passed.set(length, index);
      const close = same[index];
      if (close !== undefined) spans.push({ from: at, to: close + length, kind: 'code' });
      at = close === undefined ? at + length : close + length;
    } else if (letter === '<' && !noMoreComments && text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 2);
      noMoreComments = end === -1;
      if (end !== -1) spans.push({ from: at, to: end + 3, kind: 'comment' });
      at = end === -1 ? at + 4 : end + 3;
    } else {
      at++;
    }
  }
  return spans;
}

// ── References ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Refs {
  readonly refs: readonly IssueRef[];
  /** What began like a reference and is none: `#0`, `#12abc`. */
  readonly faults: readonly string[];
  readonly end: number;
}

const REF =
  /(?:([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100}))?#(\d{1,16})(?![\w-])|https?:\/\/[^\s/]{1,255}\/([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})\/(?:issues|pull)\/(\d{1,16})(?![\w-])/y;
const NO_REF = /(?:[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100})?#-?\d[^\s,;)]{0,60}/y;
const BETWEEN = /(?:[\s,;&*_[]|and\b|\]\([^\s()]{0,300}\))+/y;
/** GitHub's numbers are signed 32-bit integers. */
const LARGEST_ISSUE = 2 ** 31 - 1;

/** The references that stand one after the other from a place on, parted by commas, blanks or "and". */
export function readRefs(text: string, start = 0): Refs {
  const refs: IssueRef[] = [];
  const faults: string[] = [];
  let end = start;
  for (let at = start; ; ) {
    BETWEEN.lastIndex = at;
    at += BETWEEN.exec(text)?.[0].length ?? 0;
    REF.lastIndex = at;
    const found = REF.exec(text);
    const number = numberIn(found?.[3] ?? found?.[6] ?? '');
    if (found && number !== undefined) {
      const owner = found[1] ?? found[4];
      const name = found[2] ?? found[5];
      refs.push({ number, ...(owner !== undefined && name !== undefined ? { repository: { owner, name } } : {}) });
      at = end = REF.lastIndex;
      continue;
    }
    NO_REF.lastIndex = at;
    const fault = NO_REF.exec(text);
    if (!fault) return { refs, faults, end };
    faults.push(fault[0]);
    at = end = NO_REF.lastIndex;
  }
}

/** A front matter's or command's way to name one issue: `12`, `#12`, `octo/shop#12`, or its address. */
export function readRef(text: string): IssueRef | undefined {
  const bare = /^\d{1,16}$/.test(text) ? numberIn(text) : undefined;
  if (bare !== undefined) return { number: bare };
  const { refs, faults, end } = readRefs(text);
  return refs.length === 1 && faults.length === 0 && end === text.length ? refs[0] : undefined;
}

function numberIn(digits: string): IssueNumber | undefined {
  const number = Number(digits);
  return number >= 1 && number <= LARGEST_ISSUE && !digits.startsWith('0') ? issueNumber(number) : undefined;
}

/** `#12`, or `octo/shop#12`. */
export const refText = ({ number, repository }: IssueRef): string =>
  repository ? `${repository.owner}/${repository.name}#${number}` : `#${number}`;
