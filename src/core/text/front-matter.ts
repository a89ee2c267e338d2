/**
 * The front matter of an issue: `key: value` lines between two lines of `---` at the very top.
 *
 * It reads a small part of YAML itself, because `core` has no dependencies, and because it can then report each fault with its
 * line and its fix. It takes scalars (plain, 'quoted', "quoted"), lists in both forms, comments, and nested blocks for the keys
 * that have them. It does not take anchors, aliases, tags, block scalars, or any other nesting.
 *
 * In one respect it is friendlier than YAML: `#12` after a space is a reference, not a comment.
 */
import type { FrontMatterFault } from '#core/model/problem/faults';
import type { Line } from './markdown.ts';

export interface Scalar {
  readonly text: string;
  readonly quoted: boolean;
  readonly line: number;
}

export type Value =
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'scalar' } & Scalar)
  | { readonly kind: 'list'; readonly items: readonly Scalar[] }
  /** Nested, and not read here. */
  | { readonly kind: 'block' };

export interface Entry {
  /** As written. */
  readonly key: string;
  readonly line: number;
  readonly value: Value;
}

export interface FrontMatter {
  readonly entries: readonly Entry[];
  readonly faults: readonly { readonly line: number; readonly why: FrontMatterFault }[];
  /** The lines after the front matter; all lines if there is none. */
  readonly rest: readonly Line[];
}

/** Reading stops after this many faults. */
const MAX_FAULTS = 20;
/** How much of a faulty text is quoted. */
const SHOWN_CHARS = 40;
/** The line by which Swarm finds an issue again that it made from a block. Front matter may follow it. */
export const MARKER_LINE = /^<[!]-- swarm:segment key=\S{1,600} -->[ \t]*(?=\r?\n|$)/;
const PAIR = /^([A-Za-z_][\w-]{0,62})[ \t]*:(?=[ \t]|$)/;
const ITEM = /^ *-(?=[ \t]|$)/;

/** @param hasBlock answers whether a key, in lower case with hyphens, may hold nested lines. */
export function readFrontMatter(lines: readonly Line[], hasBlock: (key: string) => boolean): FrontMatter {
  const isMarked = MARKER_LINE.test(lines[0]?.text ?? '');
  const start = lines.findIndex(({ text }, index) => text.trim() !== '' && !(isMarked && index === 0));
  const opening = lines[start];
  if (!opening || !/^---[ \t]*$/.test(opening.text)) return { entries: [], faults: [], rest: lines };
  const end = lines.findIndex(({ text }, index) => index > start && /^(?:---|\.\.\.)[ \t]*$/.test(text));
  const inside = lines.slice(start + 1, end === -1 ? undefined : end);
  // A rule above a text, and no front matter.
  const isRule = inside[0]?.text.trim() === '' && !inside.some(({ text }) => PAIR.test(text));
  if (isRule && inside.some(({ text }) => !isEmpty(text))) return { entries: [], faults: [], rest: lines };
  if (end === -1) {
    return { entries: [], faults: [{ line: opening.number, why: { kind: 'not closed' } }], rest: lines };
  }
  const reader = new Reader(inside, hasBlock);
  reader.readAll();
  return { entries: reader.entries, faults: reader.faults, rest: lines.slice(end + 1) };
}

/** The form in which keys are compared: `edit_locus` and `Edit-Locus` are the same key. */
export const keyOf = (written: string): string => written.trim().toLowerCase().replaceAll('_', '-');

class Reader {
  readonly entries: Entry[] = [];
  readonly faults: { readonly line: number; readonly why: FrontMatterFault }[] = [];
  readonly #lines: readonly Line[];
  readonly #hasBlock: (key: string) => boolean;
  #next = 0;

  constructor(lines: readonly Line[], hasBlock: (key: string) => boolean) {
    this.#lines = lines;
    this.#hasBlock = hasBlock;
  }

  readAll(): void {
    const seen = new Set<string>();
    for (let line = this.#takeLine(); line && this.faults.length < MAX_FAULTS; line = this.#takeLine()) {
      const { number, text } = line;
      if (/[\0-\x08\x0b-\x1f\x7f]/.test(text)) {
        this.#fault(number, { kind: 'control character' });
        continue;
      }
      if (isEmpty(text)) continue;
      const pair = PAIR.exec(text);
      if (!pair) {
        this.#fault(number, whyNoPair(text));
        this.#takeIndented();
        continue;
      }
      const [start, key = ''] = pair;
      const name = keyOf(key);
      const isRepeated = seen.has(name);
      if (isRepeated) this.#fault(number, { kind: 'repeated key', key });
      seen.add(name);
      const value = this.#value(name, withoutComment(text.slice(start.length)), number);
      if (value && !isRepeated) this.entries.push({ key, line: number, value });
    }
  }

  /** @param text after the colon, trimmed and without a comment. */
  #value(name: string, text: string, line: number): Value | undefined {
    if (text === '') return this.#valueBelow(name);
    let value: Value | undefined;
    if (text === '~' || text === 'null') value = { kind: 'nothing' };
    else if (text.startsWith('{') && this.#hasBlock(name)) value = { kind: 'block' };
    else if (text.startsWith('[')) value = this.#flowList(text.slice(1), line);
    else value = this.#scalar(text, line);
    const [more] = this.#takeIndented();
    if (more) this.#fault(more.number, { kind: 'indented below value', text: shown(more.text.trim()) });
    return value;
  }

  #valueBelow(name: string): Value | undefined {
    const below = this.#takeIndented();
    if (below.length === 0) return { kind: 'nothing' };
    return this.#hasBlock(name) && !below.every(isItem) ? { kind: 'block' } : this.#blockList(below);
  }

  /** A list with one item on each line, after a hyphen. */
  #blockList(lines: readonly Line[]): Value | undefined {
    const items: Scalar[] = [];
    for (const { number, text } of lines) {
      const [mark] = ITEM.exec(text) ?? [];
      if (mark === undefined) {
        this.#fault(number, /^ *\t/.test(text) ? { kind: 'tab' } : { kind: 'nested keys' });
        return undefined;
      }
      const bare = withoutComment(text.slice(mark.length));
      if (bare === '') this.#fault(number, { kind: 'empty item' });
      const read = bare === '' ? undefined : this.#scalar(bare, number);
      if (read) items.push(read);
    }
    return { kind: 'list', items };
  }

  /** A list in brackets, `[a, "b, c"]`, on one or more lines. @param start after the opening bracket. */
  #flowList(start: string, line: number): Value | undefined {
    const items: Scalar[] = [];
    let text = start.trim();
    let number = line;
    let wantsItem = true;
    for (;;) {
      if (text === '') {
        const next = this.#takeLine();
        if (!next) {
          this.#fault(line, { kind: 'list not closed' });
          return undefined;
        }
        text = withoutComment(` ${next.text}`);
        number = next.number;
        continue;
      }
      if (text.startsWith(']')) {
        if (text !== ']') this.#fault(number, { kind: 'text after list' });
        return { kind: 'list', items };
      }
      if (text.startsWith(',')) {
        if (wantsItem) this.#fault(number, { kind: 'empty item' });
        wantsItem = true;
        text = text.slice(1).trim();
        continue;
      }
      if (!wantsItem) this.#fault(number, { kind: 'comma missing' });
      const raw = flowItem(text);
      const read = wantsItem ? this.#scalar(raw.trim(), number) : undefined;
      if (!read) {
        // One fault is enough. The rest of the list would only add more.
        while (!text.includes(']')) text = this.#takeLine()?.text ?? ']';
        return undefined;
      }
      items.push(read);
      wantsItem = false;
      text = text.slice(raw.length).trim();
    }
  }

  #scalar(text: string, line: number): ({ readonly kind: 'scalar' } & Scalar) | undefined {
    const quote = text.charAt(0);
    if (isQuote(quote)) {
      const read = quotedLength(text) === text.length ? unquote(text) : undefined;
      if (read !== undefined) return { kind: 'scalar', text: read, quoted: true, line };
      this.#fault(line, { kind: 'quoted text', quote });
      return undefined;
    }
    const fault = plainFault(text);
    if (!fault) return { kind: 'scalar', text, quoted: false, line };
    this.#fault(line, fault);
    return undefined;
  }

  #takeLine(): Line | undefined {
    return this.#lines[this.#next++];
  }

  /** Takes the lines that follow as long as they are indented or items of a list. Empty lines between them are skipped. */
  #takeIndented(): readonly Line[] {
    const taken: Line[] = [];
    for (let line = this.#lines[this.#next]; line; line = this.#lines[++this.#next]) {
      if (isEmpty(line.text)) continue;
      if (!/^[ \t]/.test(line.text) && !isItem(line)) break;
      taken.push(line);
    }
    return taken;
  }

  #fault(line: number, why: FrontMatterFault): void {
    this.faults.push({ line, why });
  }
}

const isEmpty = (text: string): boolean => /^[ \t]*(?:#|$)/.test(text);

const isItem = ({ text }: Line): boolean => ITEM.test(text);

const isQuote = (character: string): character is '"' | "'" => character === '"' || character === "'";

const shown = (text: string): string => text.slice(0, SHOWN_CHARS);

function whyNoPair(text: string): FrontMatterFault {
  if (/^[\w-]+:\S/.test(text)) return { kind: 'space missing' };
  if (/^[ \t]/.test(text)) return { kind: 'indented without key' };
  return { kind: 'not a pair', text: shown(text.trim()) };
}

/** A `#` after a space starts a comment, unless a digit follows: then it names an issue. Quoted text has no comments. */
function withoutComment(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const before = text.charAt(i - 1);
    if (isQuote(text.charAt(i)) && /[\s,[]/.test(before)) i += quotedLength(text.slice(i)) - 1;
    else if (text[i] === '#' && /\s/.test(before) && !/\d/.test(text.charAt(i + 1))) return text.slice(0, i).trim();
  }
  return text.trim();
}

/** The text of the first item in the rest of a flow list. The braces and brackets of a glob belong to the item. */
function flowItem(text: string): string {
  if (isQuote(text.charAt(0))) return text.slice(0, quotedLength(text));
  let braces = 0;
  let brackets = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '{') braces++;
    else if (character === '}') braces--;
    else if (character === '[') brackets++;
    else if (character === ']' && brackets-- <= 0) return text.slice(0, i);
    else if (character === ',' && braces <= 0) return text.slice(0, i);
  }
  return text;
}

/** The length of the quoted text that this one starts with, with both quotes; more than there is if it is not closed. */
function quotedLength(text: string): number {
  const quote = text[0];
  for (let i = 1; i < text.length; i++) {
    if (text[i] === '\\' && quote === '"') i++;
    else if (text[i] === quote) {
      if (quote === "'" && text[i + 1] === "'") i++;
      else return i + 1;
    }
  }
  return text.length + 1;
}

/** The text between the quotes; undefined if it has an unknown escape. */
function unquote(text: string): string | undefined {
  const inside = text.slice(1, -1);
  if (text[0] === "'") return inside.replaceAll("''", "'");
  let isKnown = true;
  const read = inside.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, letter: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    const meant = ESCAPES.get(letter) ?? '';
    if (meant === '') isKnown = false;
    return meant;
  });
  return isKnown ? read : undefined;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['n', '\n'],
  ['t', '\t'],
]);

/** Why a text cannot stand without quotes. */
function plainFault(text: string): FrontMatterFault | undefined {
  const start = text.charAt(0);
  if (start === '*') return { kind: 'alias', text: shown(text) };
  if (start === '&') return { kind: 'anchor' };
  if (start === '!') return { kind: 'tag', text: shown(text) };
  if (start === '|' || start === '>') return { kind: 'block text' };
  if (start === '[') return { kind: 'list in list' };
  if (/^\{[^{}]*: /.test(text)) return { kind: 'nested keys' };
  if (/^(?:[@`%]|\?(?:\s|$))/.test(text)) return { kind: 'reserved character', text: shown(text), character: start };
  if (/:(?=[ \t]|$)/.test(text)) return { kind: 'colon', text: shown(text) };
  return undefined;
}
