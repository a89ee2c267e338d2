/**
 * Reads an issue's Markdown: the lines that count, without code, quotes and comments, and the references in them.
 *
 * People paste logs, templates and other people's words into issues. Only what the author says here and now may become a
 * dependency or a segment (SPEC R1.3), so everything that reads an issue reads it through `readableLines`. The rules are
 * CommonMark's, block by block: text that a reader would see as quoted or literal does not count.
 *
 * @see https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/
 */
import { type IssueNumber, type IssueRef, numberIn, type RepositoryName } from '#core/model/epic';
import { trimEndOf } from './trim-end.ts';

export interface Line {
  /** From 1. U+2028 separates two lines with one number, as in every editor. */
  readonly number: number;
  readonly text: string;
}

/** How much of a line is quoted. */
const SHOWN_CHARS = 120;
export const shown = (text: string): string => text.trim().slice(0, SHOWN_CHARS);
/** How many unreadable lines of one kind are reported for one text. */
export const MAX_UNREAD = 10;

export interface ReadableLine extends Line {
  /** The same with inline code, in the same columns. `text` has spaces there. */
  readonly withCode: string;
  /** The contents of its inline code spans. */
  readonly code: readonly string[];
}

/**
 * Invisible characters: tag characters (which can spell out instructions), direction overrides, zero-width spaces, joiners
 * outside the emoji and scripts that need them, half surrogates.
 */
const HIDDEN =
  /[\u{e0000}-\u{e007f}\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060-\u2064\ufeff\u00ad\u180e\p{Cs}]|(?<=[\0-\x7f])[\u200c\u200d]/u;
/** The flags of England, Scotland and Wales are spelled with tag characters, but they are visible. */
const FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}]{4,5}\u{e007f}/u;
const FLAG_OR_HIDDEN = new RegExp(`${FLAG.source}|${HIDDEN.source}`, 'gu');

const isFlag = (found: string): boolean => found.startsWith('\u{1f3f4}');

/** How many characters of the text are invisible. A byte order mark at the very start does not count. */
export const countHidden = (text: string): number =>
  (text.replace(/^\ufeff/, '').match(FLAG_OR_HIDDEN) ?? []).filter((found) => !isFlag(found)).length;

export interface Comments {
  /** The line of a comment that does not end. */
  readonly open: number | undefined;
  /** One that ends has words in it. */
  readonly hasWords: boolean;
}

/** The HTML comments of a whole text, also in code: what an agent gets is the text without them. */
export function commentsIn(text: string): Comments {
  const close = /--!?>/g;
  let hasWords = false;
  for (let start = text.indexOf('<!--'); start !== -1; start = text.indexOf('<!--', close.lastIndex)) {
    close.lastIndex = start + 4;
    const end = close.exec(text);
    if (!end) return { open: text.slice(0, start).split(LINE_END).length, hasWords };
    hasWords ||= text.slice(start + 4, end.index).trim() !== '';
  }
  return { open: undefined, hasWords };
}

/** Only text beyond ASCII has invisible characters, and line separators of its own. */
const ASCII_ONLY = /^[\0-\x7f]*$/;
const LINE_END = /\r\n|\n|\r/;

/** All lines as a person sees them, with any kind of line ending. */
export function linesOf(text: string): readonly Line[] {
  if (ASCII_ONLY.test(text)) return text.split(LINE_END).map((line, index) => ({ number: index + 1, text: line }));
  return text
    .replace(FLAG_OR_HIDDEN, (found) => (isFlag(found) ? found : ''))
    .split(LINE_END)
    .flatMap((line, index) => line.split(/[\u2028\u2029]/).map((part) => ({ number: index + 1, text: part })));
}

/** The lines that count. The front matter must have been cut off before. */
export const readableLines = (lines: readonly Line[]): readonly ReadableLine[] =>
  paragraphsIn(lines).flatMap(withoutInlineCode);

/** A fenced code block. */
export interface Fence {
  /** The words behind its first mark. */
  readonly info: string;
  /** The number of the line with its first mark. */
  readonly from: number;
  /** The number of the line with its last mark; undefined if it does not end. */
  readonly to: number | undefined;
}

/** The fenced code blocks that a reader would see as such: not those in comments, in quotes or in other code. */
export function fencesIn(lines: readonly Line[]): readonly Fence[] {
  const fences: { info: string; from: number; to: number | undefined }[] = [];
  paragraphsIn(lines, ({ number, text }, mark) => {
    const last = fences.at(-1);
    if (mark === 'closes' && last) last.to = number;
    else fences.push({ info: text.replace(FENCE_MARK, '').trim(), from: number, to: undefined });
  });
  return fences;
}

// ── Blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A block that later lines can belong to, without a mark of their own. */
type Block =
  /** `shows`: it is a list of tasks and not code. GitHub drew such fences as task lists until 2024. */
  | { readonly kind: 'fence'; readonly mark: string; readonly length: number; readonly shows: boolean }
  | { readonly kind: 'quote' }
  | { readonly kind: 'html'; readonly ends: RegExp };

const COMMENT_END = /-->/g;
const LIST_MARK = /^\s*(?:[-*+]|\d{1,9}[.)])(?=\s|$)/;
const HEADING = /^ {0,3}#{1,6}(?=\s|$)/;
const FENCE = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?:(`{3,})[^`]*|(~{3,}).*)$/;
const FENCE_MARK = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?:`{3,}|~{3,})/;
const TASK_LIST_FENCE = /^\s*(?:`{3,}|~{3,})\[tasklist\]\s*$/i;
const COMMENT = /^(?: {0,3}|\s*(?:[-*+]|\d{1,9}[.)])\s+)<!--/;
/** Elements whose content is literal or quoted. */
const HTML = /^\s*<(pre|script|style|textarea|blockquote|code)(?=[\s>]|$)/i;

/**
 * Paragraphs, as runs of lines that inline code can span. Literal and quoted lines are left out.
 *
 * @param onFence told of each line that opens or closes fenced code.
 */
function paragraphsIn(
  lines: readonly Line[],
  onFence: (line: Line, mark: 'opens' | 'closes') => void = () => {},
): readonly (readonly Line[])[] {
  const paragraphs: Line[][] = [];
  let current: Line[] = [];
  let block: Block | undefined;
  let isAfterEmpty = true;
  let isInList = false;
  const endParagraph = () => {
    paragraphs.push(current);
    current = [];
  };
  for (const { number, text: whole } of lines) {
    let text = whole;
    if (block?.kind === 'fence') {
      if (closesFence(text, block)) {
        onFence({ number, text }, 'closes');
        endParagraph();
        block = undefined;
        isAfterEmpty = true;
      } else if (block.shows) {
        endParagraph();
        current.push({ number, text });
      }
      continue;
    }
    if (block?.kind === 'html') {
      ({ block, text } = afterHtml(text, block));
      if (block) continue;
    }
    if (text.trim() === '') {
      endParagraph();
      block = undefined;
      isAfterEmpty = true;
      continue;
    }
    const isItem = LIST_MARK.test(text);
    const isHeading = HEADING.test(text);
    const startsBlock = isItem || isHeading || FENCE.test(text);
    // A line right after a quote continues it, even without a `>`.
    if (/^\s*>/.test(text) || (block?.kind === 'quote' && !startsBlock)) {
      block = { kind: 'quote' };
      continue;
    }
    if (/^(?: {4}|\s*\t)/.test(text) && isAfterEmpty && !isInList) {
      block = undefined;
      continue;
    }
    block = opens(text);
    if (block?.kind === 'fence') {
      onFence({ number, text }, 'opens');
      endParagraph();
      continue;
    }
    if (block?.kind === 'html') {
      ({ block, text } = afterHtml(text, block));
      if (block) {
        endParagraph();
        if (text === '') continue;
      }
    }
    if (startsBlock) endParagraph();
    if (isItem) isInList = true;
    else if (isHeading || (isAfterEmpty && /^\S/.test(text))) isInList = false;
    current.push({ number, text });
    if (isHeading) endParagraph();
    // Code may follow a heading at once, because no paragraph continues there.
    isAfterEmpty = isHeading;
  }
  endParagraph();
  return paragraphs;
}

function opens(text: string): Block | undefined {
  const fence = FENCE.exec(text);
  const mark = fence?.[1] ?? fence?.[2];
  if (mark !== undefined) {
    return { kind: 'fence', mark: mark.charAt(0), length: mark.length, shows: TASK_LIST_FENCE.test(text) };
  }
  if (COMMENT.test(text)) return { kind: 'html', ends: COMMENT_END };
  const tag = HTML.exec(text)?.[1];
  return tag === undefined ? undefined : { kind: 'html', ends: new RegExp(`</${tag}>`, 'gi') };
}

/** The rest of a line after the end of the open HTML, and the block that is open after the line. */
function afterHtml(text: string, block: Extract<Block, { kind: 'html' }>) {
  block.ends.lastIndex = 0;
  if (!block.ends.test(text)) return { text: '', block };
  const rest = text.slice(block.ends.lastIndex);
  const comment = rest.lastIndexOf('<!--');
  return comment !== -1 && !rest.includes('-->', comment)
    ? { text: rest.slice(0, comment), block: { kind: 'html', ends: COMMENT_END } as const }
    : { text: rest, block: undefined };
}

const closesFence = (text: string, { mark, length }: Extract<Block, { kind: 'fence' }>): boolean => {
  const run = text.trim();
  return run.length >= length && run === mark.repeat(run.length);
};

// ── Inline ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Span {
  readonly from: number;
  readonly to: number;
  readonly kind: 'code' | 'comment';
}

/** Replaces inline code and comments by spaces, so that columns stay. A span may reach over several lines. */
function withoutInlineCode(paragraph: readonly Line[]): readonly ReadableLine[] {
  const joined = paragraph.map((line) => line.text).join('\n');
  // Most paragraphs have neither code nor comments.
  if (!/`|<!--/.test(joined)) return paragraph.map((line) => ({ ...line, withCode: line.text, code: [] }));
  const spans = spansIn(joined).reverse();
  const readable: ReadableLine[] = [];
  let lineStart = 0;
  for (const { number, text: whole } of paragraph) {
    const lineEnd = lineStart + whole.length;
    const code: string[] = [];
    let text = '';
    let withCode = '';
    let end = 0;
    for (let span = spans.pop(); span; span = spans.pop()) {
      if (span.from < lineEnd) {
        const from = Math.max(span.from, lineStart) - lineStart;
        const to = Math.min(span.to, lineEnd) - lineStart;
        const spaces = ' '.repeat(to - from);
        text += whole.slice(end, from) + spaces;
        withCode += whole.slice(end, from) + (span.kind === 'comment' ? spaces : whole.slice(from, to));
        if (span.kind === 'code') code.push(contentOf(whole.slice(from, to)));
        end = to;
      }
      if (span.to > lineEnd) {
        // It continues in the next line, or begins there.
        spans.push(span);
        break;
      }
    }
    readable.push({ number, text: text + whole.slice(end), withCode: withCode + whole.slice(end), code });
    lineStart = lineEnd + 1;
  }
  return readable;
}

/** The content of a code span, or of the part of a span that is on one line. */
function contentOf(span: string): string {
  const opened = span.replace(/^`+ ?/, '');
  const content = trimEndOf(opened, '`');
  return content !== opened && content.endsWith(' ') ? content.slice(0, -1) : content;
}

/** An escaped character, a run of backticks, or the start of a comment. */
const MARK = /\\.|`+|<!--/gs;

/** Code spans and comments, in order. Linear: each run of backticks is matched with runs of the same length only. */
function spansIn(text: string): Span[] {
  // By length, the next run last.
  const runs = Map.groupBy([...text.matchAll(/`+/g)].reverse(), ([run]) => run.length);
  const spans: Span[] = [];
  let hasComments = true;
  MARK.lastIndex = 0;
  for (let found = MARK.exec(text); found; found = MARK.exec(text)) {
    const { 0: mark, index: from } = found;
    if (mark.startsWith('`')) {
      const ofLength = runs.get(mark.length) ?? [];
      while ((ofLength.at(-1)?.index ?? MARK.lastIndex) < MARK.lastIndex) ofLength.pop();
      const close = ofLength.at(-1);
      if (close) spans.push({ from, to: close.index + mark.length, kind: 'code' });
    } else if (mark === '<!--' && hasComments) {
      const end = text.indexOf('-->', from);
      hasComments = end !== -1;
      if (hasComments) spans.push({ from, to: end + 3, kind: 'comment' });
    }
    // The marks inside a span do not count.
    MARK.lastIndex = Math.max(MARK.lastIndex, spans.at(-1)?.to ?? 0);
  }
  return spans;
}

// ── References ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Refs {
  readonly refs: readonly IssueRef[];
  /** Texts that begin like a reference but name no issue: `#0`, `#12abc`. */
  readonly faults: readonly string[];
  /** The position behind the last of them. */
  readonly end: number;
}

/** `#12`, `octo/shop#12`, `GH-12`, or an address. @see https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls */
const REF =
  /(?:(?:([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100}))?#|[Gg][Hh]-)(\d{1,16})(?!-|_?[A-Za-z0-9])|https?:\/\/[^\s/]{1,255}\/([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})\/(?:issues|pull)\/(\d{1,16})(?!-|_?[A-Za-z0-9])/y;
const REF_ANYWHERE = new RegExp(`(?<![\\w/&#.-])(?:${REF.source})`, 'g');
const NO_REF = /(?:[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100})?#-?\d[^\s,;)]{0,60}/y;
const BETWEEN = /(?:[\s,;&*_[/+]|and\b|or\b|\]\([^\s()]{0,300}\))+/y;

/** The references that follow each other from a position on, separated by commas, slashes, spaces, "and" or "or". */
export function readRefs(text: string, start = 0): Refs {
  const refs: IssueRef[] = [];
  const faults: string[] = [];
  let end = start;
  for (let at = start; ; ) {
    BETWEEN.lastIndex = at;
    at += BETWEEN.exec(text)?.[0].length ?? 0;
    REF.lastIndex = at;
    const ref = refOf(REF.exec(text));
    if (ref) {
      refs.push(ref);
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

/** A reference somewhere in a text. */
export interface PlacedRef {
  readonly ref: IssueRef;
  readonly from: number;
  readonly end: number;
  /** Nothing but commas, spaces or "and" is between it and the one before. */
  readonly isJoined: boolean;
}

/** All references from a position on, in whatever words they stand. */
export function refsIn(text: string, start = 0): readonly PlacedRef[] {
  const found: PlacedRef[] = [];
  REF_ANYWHERE.lastIndex = start;
  for (let match = REF_ANYWHERE.exec(text); match; match = REF_ANYWHERE.exec(text)) {
    const ref = refOf(match);
    if (!ref) continue;
    const before = found.at(-1);
    BETWEEN.lastIndex = before?.end ?? 0;
    const isJoined = before !== undefined && BETWEEN.test(text) && BETWEEN.lastIndex === match.index;
    found.push({ ref, from: match.index, end: match.index + match[0].length, isJoined });
  }
  return found;
}

function refOf(match: RegExpExecArray | null): IssueRef | undefined {
  const number = issueIn(match?.[3] ?? match?.[6] ?? '');
  const [owner, name] = [match?.[1] ?? match?.[4], match?.[2] ?? match?.[5]];
  if (number === undefined) return undefined;
  return owner !== undefined && name !== undefined ? { number, repository: { owner, name } } : { number };
}

/** One issue as people name it in front matter and commands: `12`, `#12`, `octo/shop#12`, or its address. */
export function readRef(text: string): IssueRef | undefined {
  const bare = /^\d{1,16}$/.test(text) ? issueIn(text) : undefined;
  if (bare !== undefined) return { number: bare };
  const { refs, faults, end } = readRefs(text);
  return refs.length === 1 && faults.length === 0 && end === text.length ? refs[0] : undefined;
}

const issueIn = (digits: string): IssueNumber | undefined => (digits.startsWith('0') ? undefined : numberIn(digits));

/** `#12`, or `octo/shop#12`. */
export const refText = ({ number, repository }: IssueRef): string =>
  repository ? `${repository.owner}/${repository.name}#${number}` : `#${number}`;

/** In a text of `octo/shop`, `octo/shop#12` is `#12`. */
export const ofOwn = (ref: IssueRef, own: RepositoryName | undefined): IssueRef =>
  ref.repository && own && isSame(ref.repository, own) ? { number: ref.number } : ref;

const isSame = (a: RepositoryName, b: RepositoryName): boolean =>
  a.owner.toLowerCase() === b.owner.toLowerCase() && a.name.toLowerCase() === b.name.toLowerCase();
