/**
 * A Markdown file as headings with the items below them. Only what a reader would see as an item counts: not what is in
 * code, quotes and comments.
 */
import { headingLevel } from '#core/text/headings';
import { linesOf, readableLines } from '#core/text/markdown';

export interface Item {
  /** From 1. */
  readonly line: number;
  readonly indent: number;
  /** Undefined for an item without a box. */
  readonly box: 'open' | 'done' | undefined;
  /** Its paragraph, on one line. */
  text: string;
  /** What is below it, in order: lines without the item's indent, and items. */
  readonly below: (string | Item)[];
}

export interface Section {
  /** From 1 to 6; 0 for what is above the first heading. */
  readonly level: number;
  readonly title: string;
  readonly line: number;
  /** Lines that are not items. */
  readonly text: string[];
  /** All of its lines. */
  readonly all: string[];
  readonly items: Item[];
}

/** `- [ ] A task`, `* [x] A task`, `3. [ ]A task`, `- An item`. `[x](…)` is a link. */
const ITEM = /^(\s*)(?:[-*+]|\d{1,9}[.)])(?:\s*\[([\s\u00a0xX]?)\](?!\()\s*|\s+)(.*)$/;

const indentOf = (text: string): number => (/^\s*/.exec(text)?.[0] ?? '').replaceAll('\t', '    ').length;

export function outlineOf(source: string): readonly Section[] {
  const lines = linesOf(source.replace(/^\ufeff/, ''));
  const readable = new Map(readableLines(lines).map(({ number, withCode }) => [number, withCode]));
  const sections: Section[] = [{ level: 0, title: '', line: 1, text: [], all: [], items: [] }];
  /** Open items, the outermost first. */
  let open: Item[] = [];
  let isAfterEmpty = true;
  let isInComment = false;
  for (const { number, text: raw } of lines) {
    const section = sections.at(-1) as Section;
    const text = readable.get(number);
    const level = text === undefined ? 0 : headingLevel(text);
    if (text !== undefined && level > 0) {
      const title = text.replace(/^\s*#+\s*|\s+#+\s*$/g, '').trim();
      sections.push({ level, title, line: number, text: [], all: [], items: [] });
      open = [];
      isAfterEmpty = true;
      continue;
    }
    if (raw.trim() === '') {
      section.all.push('');
      (open.at(-1)?.below ?? section.text).push('');
      isAfterEmpty = true;
      continue;
    }
    // Comments are for the people who edit the file.
    const isComment: boolean = !text?.trim() && (isInComment || raw.trimStart().startsWith('<!--'));
    isInComment = isComment && !raw.includes('-->');
    if (isComment) continue;
    section.all.push(raw);
    const found = text === undefined ? undefined : ITEM.exec(text);
    const indent = indentOf(raw);
    if (found) {
      open = open.filter((item) => item.indent + 1 < indent);
      const box = found[2] === undefined ? undefined : found[2].toLowerCase() === 'x' ? 'done' : 'open';
      const item: Item = { line: number, indent, box, text: (found[3] ?? '').trim(), below: [] };
      (open.at(-1)?.below ?? section.items).push(item);
      open.push(item);
    } else {
      const last = open.at(-1);
      const goesOn = last !== undefined && !isAfterEmpty && text !== undefined && last.below.length === 0;
      if (goesOn) {
        last.text = `${last.text} ${text.trim()}`.trim();
      } else {
        if (isAfterEmpty || text === undefined) open = open.filter((item) => item.indent < indent);
        const inner = open.at(-1);
        if (inner) inner.below.push(raw.slice(Math.min(indent, inner.indent + 2)));
        else section.text.push(raw);
      }
    }
    isAfterEmpty = false;
  }
  return sections;
}

export const itemsBelow = (item: Item): readonly Item[] => item.below.filter((part) => typeof part !== 'string');

/** The lines below an item; of the items there, only those that pass. */
export function textBelow(item: Item, passes: (below: Item) => boolean = () => true): string {
  return item.below
    .flatMap((part) => (typeof part === 'string' ? [part] : passes(part) ? [itemText(part)] : []))
    .join('\n')
    .replace(/^\n+|\s+$/g, '');
}

function itemText(item: Item): string {
  const box = item.box === undefined ? '' : item.box === 'done' ? '[x] ' : '[ ] ';
  const below = textBelow(item).replace(/^(?=.)/gm, '  ');
  return `- ${box}${item.text}${below === '' ? '' : `\n${below}`}`;
}

/** An item with what is below it, on one line. */
export function lineOfItem(item: Item): string {
  const below = item.below
    .map((part) => (typeof part === 'string' ? part.trim() : lineOfItem(part)))
    .filter((part) => part !== '');
  return [item.text.replace(/[;:.]$/, below.length > 0 ? '' : '$&'), below.join('; ')]
    .filter((part) => part !== '')
    .join(': ');
}
