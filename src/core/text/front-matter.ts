/**
 * The front matter of an issue: `key: value` lines between two lines of `---` at the very top.
 *
 * A small part of YAML, read here because `core` takes no packages and because what is refused can be said with its
 * line and its mend. It takes scalars (plain, 'quoted', "quoted"), lists in both forms, comments, and nested blocks
 * for the keys that have them. It does not take anchors, aliases, tags, block scalars and other nesting.
 *
 * One thing is friendlier than YAML: `#12` after a blank is a reference, not a comment.
 */
import type { FrontMatterFault } from '#core/model/problem/faults';
import { beginsWithLetter, type Line } from './markdown.ts';

export interface Scalar {
  readonly text: string;
  readonly quoted: boolean;
  readonly line: number;
}

export type Value =
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'scalar' } & Scalar)
  | { readonly kind: 'list'; readonly items: readonly Scalar[] }
  /** Nested; its content is for a later reader. */
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
  /** The lines after it: all, where there is none. */
  readonly rest: readonly Line[];
}

/** Whoever has so many things to mend is told of these first. */
const FAULTS = 20;
/** A key as it is meant and a value without comment or anything hidden, as most lines are: nothing is wrong with it. */
const USUAL = /^([a-z][a-z-]{0,62}): +([!"$-~](?:[ !"$-~]*[!"$-~])?)$/;
const NO_LINES: readonly Line[] = [];

/** @param hasBlock whether this key, in lower case with hyphens, may hold nested lines. */
export function readFrontMatter(lines: readonly Line[], hasBlock: (key: string) => boolean): FrontMatter {
  const first = lines.findIndex((line) => line.text.trim() !== '');
  if (first === -1 || !/^---[ \t]*$/.test(lines[first]?.text ?? '')) return { entries: [], faults: [], rest: lines };
  let end = first + 1;
  while (end < lines.length && !isEnd(lines[end]?.text ?? '')) end++;
  if (end === lines.length) {
    const line = lines[first]?.number ?? 1;
    return { entries: [], faults: [{ line, why: { kind: 'not closed' } }], rest: lines };
  }
  const read = new Reader(lines.slice(first + 1, end), hasBlock);
  read.all();
  return { entries: read.entries, faults: read.faults, rest: lines.slice(end + 1) };
}

/** A key as people mean it: `edit_locus` and `Edit-Locus` are one. */
export const keyOf = (written: string): string =>
  /^[a-z-]+$/.test(written) ? written : written.trim().toLowerCase().replaceAll('_', '-');

class Reader {
  readonly entries: Entry[] = [];
  readonly faults: { readonly line: number; readonly why: FrontMatterFault }[] = [];
  readonly #lines: readonly Line[];
  readonly #hasBlock: (key: string) => boolean;
  #at = 0;

  constructor(lines: readonly Line[], hasBlock: (key: string) => boolean) {
    this.#lines = lines;
    this.#hasBlock = hasBlock;
  }

  all(): void {
    const seen = new Set<string>();
    for (let line = this.#next(); line && this.faults.length < FAULTS; line = this.#next()) {
      const { number, text } = line;
      const [, usual, said = ''] = USUAL.exec(text) ?? [];
      if (usual !== undefined && !seen.has(usual)) {
        seen.add(usual);
        const value = this.#valueOf(usual, said, number);
        if (value) this.entries.push({ key: usual, line: number, value });
        continue;
      }
      const control = /[\0-\x08\x0b-\x1f\x7f]/.test(text);
      if (control) this.#fault(number, { kind: 'control character' });
      if (control || isEmpty(text)) continue;
      const colon = text.indexOf(':');
      const before = text.slice(0, Math.max(0, colon));
      if (!/^[A-Za-z_][\w-]{0,62}[ \t]*$/.test(before) || !isEndOrBlank(text, colon + 1)) {
        this.#fault(number, whyNoKey(text));
        this.#indented();
        continue;
      }
      const key = before.trimEnd();
      const rest = text.slice(colon + 1);
      const name = keyOf(key);
      if (seen.has(name)) this.#fault(number, { kind: 'repeated key', key });
      seen.add(name);
      const value = this.#value(name, rest, number);
      if (value) this.entries.push({ key, line: number, value });
    }
  }

  #value(name: string, rest: string, line: number): Value | undefined {
    const text = withoutComment(rest);
    if (text !== '') return this.#valueOf(name, text, line);
    const below = this.#indented();
    if (below.length === 0) return { kind: 'nothing' };
    return this.#hasBlock(name) && !below.every(isItem) ? { kind: 'block' } : this.#list(below);
  }

  /** @param text without blanks around it and without comment, and not empty. */
  #valueOf(name: string, text: string, line: number): Value | undefined {
    let value: Value | undefined;
    if (text === '~' || text === 'null') value = { kind: 'nothing' };
    else if (text.startsWith('{') && this.#hasBlock(name)) value = { kind: 'block' };
    else if (text.startsWith('[')) value = this.#flowList(text, line);
    else value = this.#scalar(text, line);
    const [more] = this.#indented();
    if (more) this.#fault(more.number, { kind: 'indented below value', text: more.text.trim().slice(0, 40) });
    return value;
  }

  #list(lines: readonly Line[]): Value | undefined {
    const items: Scalar[] = [];
    for (const { number, text } of lines) {
      const item = /^[ ]*-(?:[ \t]+(.*))?$/.exec(text);
      if (!item) {
        const tab = /^ *\t/.test(text);
        this.#fault(number, tab ? { kind: 'tab' } : { kind: 'nested keys' });
        return undefined;
      }
      const bare = withoutComment(` ${item[1] ?? ''}`);
      const read = bare === '' ? undefined : this.#scalar(bare, number);
      if (bare === '') this.#fault(number, { kind: 'empty item' });
      if (read) items.push(read);
    }
    return { kind: 'list', items };
  }

  /** `[a, "b, c"]`, over several lines if need be. */
  #flowList(start: string, line: number): Value | undefined {
    const items: Scalar[] = [];
    let text = start.slice(1).trimStart();
    let number = line;
    let wantsItem = true;
    for (;;) {
      if (text === '') {
        const next = this.#next();
        if (!next) {
          this.#fault(line, { kind: 'list not closed' });
          return undefined;
        }
        text = withoutComment(` ${next.text}`);
        number = next.number;
        continue;
      }
      if (text.startsWith(']')) {
        if (text.length > 1) this.#fault(number, { kind: 'text after list' });
        return { kind: 'list', items };
      }
      if (text.startsWith(',')) {
        if (wantsItem) this.#fault(number, { kind: 'empty item' });
        wantsItem = true;
        text = text.slice(1).trimStart();
        continue;
      }
      if (!wantsItem) this.#fault(number, { kind: 'comma missing' });
      const raw = flowItem(text);
      const read = wantsItem ? this.#scalar(raw.trim(), number) : undefined;
      if (!read) {
        // One fault is said; the rest of the list would only add to it.
        while (!text.includes(']')) text = this.#next()?.text ?? ']';
        return undefined;
      }
      items.push(read);
      wantsItem = false;
      text = text.slice(raw.length).trimStart();
    }
  }

  #scalar(text: string, line: number): ({ readonly kind: 'scalar' } & Scalar) | undefined {
    const quote = text[0];
    if (quote === '"' || quote === "'") {
      const length = quotedLength(text);
      const read = length === text.length ? unquote(text) : undefined;
      if (read !== undefined) return { kind: 'scalar', text: read, quoted: true, line };
      this.#fault(line, { kind: 'quoted text', quote });
      return undefined;
    }
    const wrong = plainFault(text);
    if (wrong) {
      this.#fault(line, wrong);
      return undefined;
    }
    return { kind: 'scalar', text: text.trimEnd(), quoted: false, line };
  }

  #next(): Line | undefined {
    return this.#lines[this.#at++];
  }

  /** Takes the lines below that are indented, or items of a list. */
  #indented(): readonly Line[] {
    if (beginsWithLetter(this.#lines[this.#at]?.text ?? 'the end')) return NO_LINES;
    const taken: Line[] = [];
    for (let line = this.#lines[this.#at]; line; line = this.#lines[++this.#at]) {
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

const isEndOrBlank = (text: string, at: number): boolean => at === text.length || text[at] === ' ' || text[at] === '\t';

const isEnd = (text: string): boolean => (text.startsWith('---') || text.startsWith('...')) && /^...[ \t]*$/.test(text);

const isEmpty = (text: string): boolean => /^[ \t]*(?:#.*)?$/.test(text);

const isItem = ({ text }: Line): boolean => text.includes('-') && /^ *-(?=[ \t]|$)/.test(text);

function whyNoKey(text: string): FrontMatterFault {
  if (/^[\w-]+:\S/.test(text)) return { kind: 'space missing' };
  if (/^[ \t]/.test(text)) return { kind: 'indented without key' };
  return { kind: 'not a pair', text: text.trim().slice(0, 40) };
}

/** A `#` behind a blank begins a comment, unless a number follows: then it names an issue. */
function withoutComment(text: string): string {
  if (!text.includes('#')) return text.trim();
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quote !== '') {
      if (letter === '\\' && quote === '"') at++;
      else if (letter === quote) quote = '';
    } else if ((letter === '"' || letter === "'") && /[\s,[]/.test(text[at - 1] ?? ' ')) quote = letter;
    else if (letter === '#' && /\s/.test(text[at - 1] ?? '') && !/\d/.test(text[at + 1] ?? '')) {
      return text.slice(0, at).trim();
    }
  }
  return text.trim();
}

/** The text of the item that a flow list's rest begins with; a glob's own braces and brackets belong to it. */
function flowItem(text: string): string {
  if (text.startsWith('"') || text.startsWith("'")) return text.slice(0, quotedLength(text));
  let braces = 0;
  let brackets = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '{') braces++;
    else if (letter === '}') braces--;
    else if (letter === '[') brackets++;
    else if (letter === ']' && brackets-- <= 0) return text.slice(0, at);
    else if (letter === ',' && braces <= 0) return text.slice(0, at);
  }
  return text;
}

function quotedLength(text: string): number {
  const quote = text[0] ?? '';
  const close = text.indexOf(quote, 1);
  if (close !== -1 && text[close + 1] !== quote && text.lastIndexOf('\\', close) === -1) return close + 1;
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at++;
      else return at + 1;
    }
  }
  return text.length + 1;
}

function unquote(text: string): string | undefined {
  const inside = text.slice(1, -1);
  if (text.startsWith("'")) return inside.replaceAll("''", "'");
  if (!inside.includes('\\')) return inside;
  let known = true;
  const read = inside.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, letter: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    const meant = ESCAPES.get(letter);
    if (meant === undefined) known = false;
    return meant ?? '';
  });
  return known ? read : undefined;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['n', '\n'],
  ['t', '\t'],
]);

function plainFault(text: string): FrontMatterFault | undefined {
  if (/^[\w./-][\w./ -]*$/.test(text)) return undefined;
  const start = text[0] ?? '';
  const shown = text.slice(0, 40);
  if (start === '*') return { kind: 'alias', text: shown };
  if (start === '&') return { kind: 'anchor' };
  if (start === '!') return { kind: 'tag', text: shown };
  if (start === '|' || start === '>') return { kind: 'block text' };
  if (start === '[') return { kind: 'list in list' };
  if (/^\{[^{}]*:[ ]/.test(text)) return { kind: 'nested keys' };
  if (/^[@`%?](?:\s|$)|^[@`%]/.test(text)) return { kind: 'reserved character', text: shown, character: start };
  if (/:(?=[ \t]|$)/.test(text)) return { kind: 'colon', text: shown };
  return undefined;
}
