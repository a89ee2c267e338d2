/**
 * Globs as Swarm reads them, with two questions: does a glob match a path, and can two globs match the same path?
 *
 * The second question is about languages, not about the files that exist now: the overlaps that hurt most are on files that
 * no one has written yet. The answer is exact, from a walk through both patterns at once.
 *
 * No glob becomes a regular expression, because a regular expression can take minutes on a hostile pattern. Anything outside
 * this small language (extended globs, escapes) is refused with a reason rather than guessed at.
 *
 *   *      any characters but `/`, dot files too        [a-z] [!a-z]   one character of these, or none of these
 *   ?      one character but `/`                        {a,b} {1..9}   alternatives; they may be nested
 *   **     as a whole part: any number of parts         a/             everything below `a`
 *
 * The file is long because reading, matching and comparing share one small set of types. It goes from text to patterns
 * first, then from patterns to answers.
 */

import { type GlobFault, MAX_ALTERNATIVES, MAX_GLOB_CHARS } from '#core/model/problem/faults';

/** A set of characters, as sorted pairs of code points from–to; never with `/`. */
type CharSet = readonly number[];
/** One character of the set, or any number of any characters. */
type Token = 'any characters' | CharSet;
/** The part of a pattern between two `/`. */
export type Name = { readonly literal: string; readonly id: number } | Wild;
interface Wild {
  readonly tokens: readonly Token[];
  /** The characters before the first wildcard and after the last. They tell most names apart at once. */
  readonly prefix: string;
  readonly suffix: string;
  /** Between prefix and suffix stands one `*` and nothing else. */
  readonly isOneStar: boolean;
  /** Names that one `GlobCache` has read have different ids, unless they are written the same. */
  readonly id: number;
}
export type Part = 'any parts' | Name;
/** A path pattern without alternatives. */
export type Pattern = readonly Part[];

interface Fault {
  readonly fault: GlobFault;
}

const SLASH = 0x2f;
const HYPHEN = 0x2d;
const LAST_CODE_POINT = 0x10ffff;
/** Shared, so that a long pattern is a list of pointers. */
const ASCII: readonly CharSet[] = Array.from({ length: 128 }, (_, point) => [point, point]);
const ANY_CHARACTER: CharSet = [0, SLASH - 1, SLASH + 1, LAST_CODE_POINT];

/** Only names and stars: nothing in such a glob has a second meaning, and nothing is refused. */
const USUAL = /^[\w*-][\w*.-]*(?:\/[\w*-][\w*.-]*)*$/;

export interface ReadGlob {
  /** The glob's patterns, or its fault. */
  readonly read: readonly Pattern[] | GlobFault;
  /** From 0, in the order in which globs were first read. */
  readonly id: number;
}

/**
 * Reads globs and their names, each once. Planning asks for the meaning of one glob several times, and ten thousand globs
 * have few different names. A cache lives as long as one plan.
 */
export class GlobCache {
  readonly #read = new Map<string, ReadGlob>();
  readonly #names = new Map<string, Part | Fault>();
  /** Names in which brackets are only brackets. */
  readonly #bracketed = new Map<string, Part>();
  #ids = 0;

  /** The patterns of a glob, one for each alternative; or its fault. */
  read(text: string): readonly Pattern[] | GlobFault {
    return this.lookUp(text).read;
  }

  /** The same, with an id that tells this glob from the others that this cache has read. */
  lookUp(text: string): ReadGlob {
    let glob = this.#read.get(text);
    if (glob === undefined) {
      const read = text.length <= MAX_GLOB_CHARS && USUAL.test(text) ? [this.#readUsual(text)] : this.#readAny(text);
      glob = { read, id: this.#read.size };
      this.#read.set(text, glob);
    }
    return glob;
  }

  #readUsual(text: string): Pattern {
    const pattern: Part[] = [];
    for (const part of text.split('/')) {
      // A usual name has no class that could be wrong.
      pattern.push(this.#name(part) as Part);
    }
    return pattern;
  }

  #readAny(text: string): readonly Pattern[] | GlobFault {
    const fault = faultOf(text);
    if (fault !== undefined) return fault;
    const glob = text.replace(/^(?:\.\/)+/, '');
    if (glob.includes('//')) return 'empty part';
    const whole = glob.endsWith('/') ? `${glob}**` : glob;
    const alternatives = expandBraces(whole);
    if (typeof alternatives === 'string') return alternatives;
    const patterns: Pattern[] = [];
    for (const alternative of alternatives) {
      const parts = alternative.split('/');
      if (parts.includes('..') || parts.includes('.')) return 'dot part';
      // One alternative of `a/{,b}/c` matches no path. The other one is meant.
      if (parts.includes('')) continue;
      const pattern: Part[] = [];
      for (const part of parts) {
        const read = this.#name(part);
        if (read !== 'any parts' && 'fault' in read) return read.fault;
        pattern.push(read);
      }
      patterns.push(pattern);
    }
    if (patterns.length === 0) return 'no path';
    // A path that is really named `[slug].ts`, or is below a folder `[slug]`, also matches its own name.
    const named = whole.split('/');
    if (!patterns.some((pattern) => matches(pattern, named))) patterns.push(named.map((part) => this.#named(part)));
    return patterns;
  }

  /**
   * For a glob that is refused: a pattern that matches at least every path that its author may mean. Parts that can be
   * trusted are kept, and everything after them is anything.
   */
  readLoosely(text: string): Pattern {
    const anything: Pattern = ['any parts'];
    // Of all refused globs, only extended ones say clearly what they mean.
    if (!/[@?*+!]\(/.test(text) || typeof this.read(text.replace(/[()|@+!]/g, '')) === 'string') return anything;
    if (/[{}\\]/.test(text)) return anything;
    const pattern: Part[] = [];
    for (const part of text.replace(/^(?:\.\/)+/, '').split('/')) {
      // The parentheses may contain "/".
      if (/[()]/.test(part)) return [...pattern, 'any parts'];
      const read = this.#name(part);
      if (read !== 'any parts' && 'fault' in read) return anything;
      pattern.push(read);
    }
    return pattern;
  }

  #name(text: string): Part | Fault {
    let name = this.#names.get(text);
    if (name === undefined) {
      name = readPart(text, this.#ids++);
      this.#names.set(text, name);
    }
    return name;
  }

  /** The name in which `*` and `?` are wildcards, and nothing else has a meaning. */
  #named(text: string): Part {
    const read = this.#name(text);
    // Only a class can be wrong, or mean something else as text.
    if (read === 'any parts' || 'literal' in read || !text.includes('[')) return read as Part;
    let name = this.#bracketed.get(text);
    if (name === undefined) {
      name = readPart(text, this.#ids++, 'text') as Part;
      this.#bracketed.set(text, name);
    }
    return name;
  }
}

/** The patterns of a glob, one for each alternative; or its fault, as a clause that begins in lower case. */
export const readGlob = (text: string): readonly Pattern[] | GlobFault => new GlobCache().read(text);

/** Faults that show in the text of a glob before its braces and classes are read. */
function faultOf(text: string): GlobFault | undefined {
  if (text.trim() === '') return 'empty';
  if (text.length > MAX_GLOB_CHARS) return 'too long';
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return 'control character';
  if (text !== text.trim()) return 'outer space';
  if (text.includes('\\')) return 'backslash';
  if (text.startsWith('/')) return 'absolute';
  if (text.startsWith('~')) return 'home folder';
  if (/^[A-Za-z]:/.test(text)) return 'drive';
  if (/[@?*+!]\(/.test(text)) return 'extended glob';
  if (text.startsWith('!')) return 'negated twice';
  return undefined;
}

function readPart(text: string, id: number, brackets: 'classes' | 'text' = 'classes'): Part | Fault {
  if (text === '**') return 'any parts';
  const tokens: Token[] = [];
  let isLiteral = true;
  const characters = [...text];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] as string;
    if (character === '*') {
      if (tokens.at(-1) !== 'any characters') tokens.push('any characters');
    } else if (character === '?') {
      tokens.push(ANY_CHARACTER);
    } else if (character === '[' && brackets === 'classes' && classEnd(characters, i) !== -1) {
      const end = classEnd(characters, i);
      const read = readClass(characters.slice(i + 1, end));
      if (typeof read === 'string') return { fault: read };
      tokens.push(read);
      i = end;
    } else {
      tokens.push(oneCharacter(codePointOf(character)));
      continue;
    }
    isLiteral = false;
  }
  return isLiteral ? { literal: text, id } : wild(tokens, id);
}

function wild(tokens: readonly Token[], id: number): Wild {
  const first = tokens.findIndex((token) => characterOf(token) === undefined);
  const last = tokens.findLastIndex((token) => characterOf(token) === undefined);
  const textOf = (some: readonly Token[]): string => some.map(characterOf).join('');
  return {
    tokens,
    prefix: textOf(tokens.slice(0, first)),
    suffix: textOf(tokens.slice(last + 1)),
    isOneStar: first === last && tokens[first] === 'any characters',
    id,
  };
}

/** The one character that a token matches; undefined if it matches more. */
const characterOf = (token: Token): string | undefined =>
  token !== 'any characters' && token.length === 2 && token[0] === token[1]
    ? String.fromCodePoint(token[0] as number)
    : undefined;

const codePointOf = (character: string): number => character.codePointAt(0) as number;

const oneCharacter = (point: number): CharSet => ASCII[point] ?? [point, point];

/** The position where the class that opens at `start` closes; -1 if it never does, and the bracket is only a bracket. */
function classEnd(characters: readonly string[], start: number): number {
  let at = start + 1;
  if (characters[at] === '!' || characters[at] === '^') at++;
  // A "]" that comes first is a member of the class.
  return characters.indexOf(']', at + 1);
}

/** @param given the characters between the brackets. */
function readClass(given: readonly string[]): CharSet | GlobFault {
  const isNegated = given[0] === '!' || given[0] === '^';
  const points = (isNegated ? given.slice(1) : given).map(codePointOf);
  const ranges: [number, number][] = [];
  for (let i = 0; i < points.length; i++) {
    const from = points[i] as number;
    const to = points[i + 2];
    if (points[i + 1] === HYPHEN && to !== undefined) {
      if (to < from) return 'backward range';
      ranges.push([from, to]);
      i += 2;
    } else {
      ranges.push([from, from]);
    }
  }
  const excluded = isNegated ? ranges : complement(ranges);
  const members = complement([...excluded, [SLASH, SLASH]]);
  return members.flat();
}

/** Every code point that is in none of the ranges, as sorted ranges. */
function complement(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (from > next) gaps.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST_CODE_POINT) gaps.push([next, LAST_CODE_POINT]);
  return gaps;
}

/** All alternatives of a glob, without braces; or its fault. */
function expandBraces(glob: string): readonly string[] | GlobFault {
  const done: string[] = [];
  const open = [glob];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const group = firstGroup(text);
    if (typeof group === 'string') return group;
    if (!group) {
      done.push(text);
    } else {
      const { start, end, choices } = group;
      for (const choice of [...choices].reverse()) open.push(text.slice(0, start) + choice + text.slice(end + 1));
    }
    if (done.length > MAX_ALTERNATIVES) return 'too many alternatives';
  }
  return done;
}

interface Group {
  readonly start: number;
  readonly end: number;
  readonly choices: readonly string[];
}

/** The first `{…}` that is a choice. One without a comma or a range, such as `{name}`, is text. */
function firstGroup(text: string): Group | GlobFault | undefined {
  const open: { readonly start: number; readonly commas: number[] }[] = [];
  let first: Group | undefined;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '{') open.push({ start: i, commas: [] });
    else if (character === ',') open.at(-1)?.commas.push(i);
    else if (character === '}') {
      const group = open.pop();
      if (!group) return 'unmatched brace';
      const { start, commas } = group;
      if (first && first.start < start) continue;
      const choices = commas.length > 0 ? between(text, [start, ...commas, i]) : readRange(text.slice(start + 1, i));
      if (typeof choices === 'string') return choices;
      if (choices) first = { start, end: i, choices };
    }
  }
  return open.length > 0 ? 'unmatched brace' : first;
}

/** The texts between neighbouring edges. */
const between = (text: string, edges: readonly number[]): readonly string[] =>
  edges.slice(1).map((edge, i) => text.slice((edges[i] ?? 0) + 1, edge));

/** The choices of `1..9` or `a..e`; or its fault; undefined if the text is not a range. */
function readRange(text: string): readonly string[] | GlobFault | undefined {
  const letters = /^([A-Za-z])\.\.([A-Za-z])$/.exec(text);
  const numbers = /^(-?\d+)\.\.(-?\d+)$/.exec(text);
  if (numbers && /(?:^|\.|-)0\d/.test(text)) return 'leading zero';
  if (letters)
    return rangeOf(codePointOf(letters[1] as string), codePointOf(letters[2] as string), String.fromCodePoint);
  return numbers ? rangeOf(Number(numbers[1]), Number(numbers[2]), String) : undefined;
}

function rangeOf(from: number, to: number, textOf: (value: number) => string): readonly string[] | GlobFault {
  const count = Math.abs(to - from) + 1;
  // Also refuses digits that are too many for a number: they make infinity, or a difference that is not a number.
  if (!(count <= MAX_ALTERNATIVES)) return 'too many alternatives';
  const step = to < from ? -1 : 1;
  return Array.from({ length: count }, (_, i) => textOf(from + i * step));
}

// ── Matching and comparing ──────────────────────────────────────────────────────────────────────────────────────────

/** Answers whether the pattern matches this path. Takes at most the product of both lengths for any pattern. */
export const matches = (pattern: Pattern, path: readonly string[]): boolean =>
  matchesAll(
    pattern,
    path,
    (part) => part === 'any parts',
    (part, name) => nameMatches(part as Name, name),
  );

function nameMatches(name: Name, text: string): boolean {
  if ('literal' in name) return name.literal === text;
  if (!text.startsWith(name.prefix) || !text.endsWith(name.suffix)) return false;
  if (name.isOneStar) return text.length >= name.prefix.length + name.suffix.length;
  return matchesAll(
    name.tokens,
    [...text],
    (token) => token === 'any characters',
    (token, character) => contains(token as CharSet, codePointOf(character)),
  );
}

/**
 * Wildcard matching that backtracks to the last wildcard only. Everything before that wildcard was matched as early as
 * possible, so an earlier one never needs another try.
 *
 * @param matchesOne is not asked about wildcards among the tokens.
 */
function matchesAll<Token, Item>(
  tokens: readonly Token[],
  items: readonly Item[],
  isWildcard: (token: Token) => boolean,
  matchesOne: (token: Token, item: Item) => boolean,
): boolean {
  let token = 0;
  let wildcard = -1;
  let resume = 0;
  for (let item = 0; item < items.length; ) {
    const current = tokens[token];
    if (current !== undefined && isWildcard(current)) {
      wildcard = token++;
      resume = item;
    } else if (current !== undefined && matchesOne(current, items[item] as Item)) {
      token++;
      item++;
    } else if (wildcard !== -1) {
      token = wildcard + 1;
      item = ++resume;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every(isWildcard);
}

/**
 * Answers whether `outer` surely matches everything that `inner` matches. It compares part by part and token by token:
 * `true` is proved, `false` may be wrong.
 */
export const isWithin = (inner: Pattern, outer: Pattern, meter: Meter): boolean =>
  matchesAll(
    outer,
    inner,
    (part) => part === 'any parts',
    (part, name) => name !== 'any parts' && isNameWithin(name, part as Name, meter),
  );

function isNameWithin(inner: Name, outer: Name, meter: Meter): boolean {
  meter.spent++;
  if ('literal' in inner) return nameMatches(outer, inner.literal);
  if ('literal' in outer || !inner.prefix.startsWith(outer.prefix) || !inner.suffix.endsWith(outer.suffix))
    return false;
  meter.spent += inner.tokens.length + outer.tokens.length;
  return matchesAll(
    outer.tokens,
    inner.tokens,
    (token) => token === 'any characters',
    (token, set) => set !== 'any characters' && isSubset(set, token as CharSet),
  );
}

/** Counts comparisons of tokens, as a measure of work that is the same on every machine. */
export interface Meter {
  spent: number;
}

/** Answers whether some path matches both patterns. Exact. */
export const patternsOverlap = (a: Pattern, b: Pattern, meter: Meter = { spent: 0 }): boolean =>
  listsOverlap(
    a,
    b,
    (part) => part === 'any parts',
    (one, other) => namesOverlap(one as Name, other as Name, meter),
    meter,
  );

/** Answers whether some text matches both names. Exact. */
export function namesOverlap(a: Name, b: Name, meter: Meter): boolean {
  meter.spent++;
  if ('literal' in a) return nameMatches(b, a.literal);
  if ('literal' in b) return nameMatches(a, b.literal);
  if (!a.prefix.startsWith(b.prefix) && !b.prefix.startsWith(a.prefix)) return false;
  if (!a.suffix.endsWith(b.suffix) && !b.suffix.endsWith(a.suffix)) return false;
  if (a.isOneStar && b.isOneStar) return true;
  return listsOverlap(
    a.tokens,
    b.tokens,
    (token) => token === 'any characters',
    (one, other) => setsOverlap(one as CharSet, other as CharSet),
    meter,
  );
}

/**
 * Answers whether some sequence matches both lists of tokens. Takes the product of both lengths.
 *
 * @param tokensOverlap is not asked about wildcards.
 */
function listsOverlap<Token>(
  a: readonly Token[],
  b: readonly Token[],
  isWildcard: (token: Token | undefined) => boolean,
  tokensOverlap: (one: Token, other: Token) => boolean,
  meter: Meter,
): boolean {
  // Before the first wildcard of either list, and after the last one, tokens stand opposite each other. Comparing these
  // first tells most lists apart at once.
  let start = 0;
  let endA = a.length;
  let endB = b.length;
  for (; start < endA && start < endB; start++) {
    const [one, other] = [a[start] as Token, b[start] as Token];
    if (isWildcard(one) || isWildcard(other)) break;
    if (!tokensOverlap(one, other)) return false;
  }
  for (; start < endA && start < endB; endA--, endB--) {
    const [one, other] = [a[endA - 1] as Token, b[endB - 1] as Token];
    if (isWildcard(one) || isWildcard(other)) break;
    if (!tokensOverlap(one, other)) return false;
  }
  return middlesOverlap(a.slice(start, endA), b.slice(start, endB), isWildcard, tokensOverlap, meter);
}

/** Walks all pairs of positions that one sequence can reach in both lists, row by row, from the start to both ends. */
function middlesOverlap<Token>(
  a: readonly Token[],
  b: readonly Token[],
  isWildcard: (token: Token | undefined) => boolean,
  tokensOverlap: (one: Token, other: Token) => boolean,
  meter: Meter,
): boolean {
  if (a.length === 0 || b.length === 0) return a.every(isWildcard) && b.every(isWildcard);
  meter.spent += a.length * b.length;
  // 1 at `j`: some sequence leads to the current position of `a` and to position `j` of `b`.
  let row = new Uint8Array(b.length + 1);
  row[0] = 1;
  for (let i = 0; ; i++) {
    const next = new Uint8Array(b.length + 1);
    const one = a[i];
    for (let j = 0; j <= b.length; j++) {
      if (row[j] === 0) continue;
      const other = b[j];
      if (isWildcard(one) || isWildcard(other)) {
        // A wildcard ends here, or takes one more item. Behind the last position there is nothing to mark.
        next[j] = 1;
        row[j + 1] = 1;
      } else if (one !== undefined && other !== undefined && tokensOverlap(one, other)) {
        next[j + 1] = 1;
      }
    }
    if (i === a.length) return row[b.length] === 1;
    row = next;
  }
}

function contains(set: CharSet, point: number): boolean {
  for (let i = 0; i < set.length; i += 2) {
    if (point >= (set[i] ?? 0) && point <= (set[i + 1] ?? 0)) return true;
  }
  return false;
}

function isSubset(inner: CharSet, outer: CharSet): boolean {
  for (let i = 0; i < inner.length; i += 2) {
    const end = inner[i + 1] ?? 0;
    const holder = outer.findIndex((bound, index) => index % 2 === 1 && bound >= end);
    if (holder === -1 || (outer[holder - 1] ?? 0) > (inner[i] ?? 0)) return false;
  }
  return true;
}

function setsOverlap(a: CharSet, b: CharSet): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (Math.max(a[i] ?? 0, b[j] ?? 0) <= Math.min(a[i + 1] ?? 0, b[j + 1] ?? 0)) return true;
    if ((a[i + 1] ?? 0) < (b[j + 1] ?? 0)) i += 2;
    else j += 2;
  }
  return false;
}

/** Answers whether the glob matches every possible file. */
export const isEverything = (glob: string, globs = new GlobCache()): boolean => {
  const patterns = globs.read(glob);
  return (
    typeof patterns !== 'string' &&
    patterns.some(
      (pattern) =>
        pattern.includes('any parts') &&
        pattern.every((part, i) => part === 'any parts' || (i === pattern.length - 1 && isAnyName(part))),
    )
  );
};

const isAnyName = (name: Name): boolean =>
  'tokens' in name && name.tokens.length === 1 && name.tokens[0] === 'any characters';

/** The directory, or the one file, that holds everything a glob matches; '' for the whole repository. */
export function fixedPrefix(glob: string): string {
  const relative = glob.startsWith('./') ? glob.slice(2) : glob;
  const wildcard = relative.search(/[*?[{]/);
  const fixed = wildcard === -1 ? relative : relative.slice(0, Math.max(0, relative.lastIndexOf('/', wildcard)));
  if (fixed.startsWith('/')) return '';
  const trailing = fixed.endsWith('/') ? fixed.length - 1 : -1;
  const doubled = fixed.indexOf('//');
  const end = doubled === -1 ? trailing : doubled;
  return end === -1 ? fixed : fixed.slice(0, end);
}
