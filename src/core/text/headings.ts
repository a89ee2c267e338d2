/**
 * The headings of an issue's text, as its readers see them: with hashes, underlined, as HTML, or as a bold line of its own.
 */
import type { ReadableLine } from './markdown.ts';

export interface Heading {
  /** From 1 to 6. A bold line that stands for a heading is below them all. */
  readonly level: number;
  /** Its words in lower case, without numbers, emoji, emphasis and colons around them. */
  readonly name: string;
}

/** Jira's markup, in issues that were moved from there. */
const JIRA = /^h([1-6])\. +(?=\S)/;

/** The level of a line that only looks like a heading. */
export const LABEL_LEVEL = 7;

const HASHES = /^ {0,3}#{1,6}(?=\s|$)/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
/** Lines that an underline makes no heading of: items, tables, code. */
const NO_PARAGRAPH = /^(?:\s*(?:[-*+]|\d{1,9}[.)])(?=\s|$)|\s*\||\s*<| {4}|\t)/;
const BOLD = /^\s*(?:\*\*[^*]{1,200}\*\*|__[^_]{1,200}__)\s*[:：]?\s*$/;
const HTML = /^\s*<(h[1-6]|summary|strong|b)(?:\s[^<>]{0,200})?>[^<>]{1,200}<\/\1>\s*[:：]?\s*$/i;

/** From 1 to 6; 0 for a line that does not begin with hashes. */
export const headingLevel = (text: string): number => HASHES.exec(text)?.[0].trim().length ?? 0;

/** By the index of its line; and `underline` for the line below a heading that is not one itself. */
export function headingsIn(lines: readonly ReadableLine[]): ReadonlyMap<number, Heading | 'underline'> {
  const found = new Map<number, Heading | 'underline'>();
  lines.forEach((line, index) => {
    if (found.has(index)) return;
    const { text, withCode, number } = line;
    const level = headingLevel(text);
    const next = lines[index + 1];
    if (level > 0) {
      found.set(index, { level, name: nameOf(withCode) });
    } else if (
      next?.number === number + 1 &&
      UNDERLINE.test(next.text) &&
      !NO_PARAGRAPH.test(text) &&
      text.trim() !== ''
    ) {
      found.set(index, { level: next.text.includes('=') ? 1 : 2, name: nameOf(withCode) });
      found.set(index + 1, 'underline');
    } else if (JIRA.test(text)) {
      found.set(index, { level: Number(text[1]), name: nameOf(withCode.replace(JIRA, '')) });
    } else if (BOLD.test(text)) {
      found.set(index, { level: LABEL_LEVEL, name: nameOf(withCode) });
    } else {
      const tag = HTML.exec(text)?.[1];
      const tagLevel = tag === undefined ? 0 : Number(/\d/.exec(tag)?.[0] ?? LABEL_LEVEL);
      if (tagLevel > 0) found.set(index, { level: tagLevel, name: nameOf(withCode) });
    }
  });
  return found;
}

/** The words of a heading or label, in the form in which they are compared. */
export const nameOf = (text: string): string => plainWords(text).replace(/^\d{1,3}(?:\.\d{1,3})*[.)]?\s/, '');

/** Words in lower case, without emoji, tags, emphasis and colons. */
export const plainWords = (text: string): string =>
  text
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/(?<=\s|^):[a-z0-9_+-]{1,40}:(?=\s|$)/g, ' ')
    .replace(/\p{Extended_Pictographic}|\ufe0f|\u200d/gu, ' ')
    .replace(/[#*_`:：]/g, ' ')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();
