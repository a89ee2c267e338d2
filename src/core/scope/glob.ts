/**
 * Globs as swarm reads them: which path each means, and whether two can mean the same one.
 *
 * The second question is about languages, not about the files that happen to exist: most overlaps that hurt are on
 * files not yet written. It is answered exactly, by walking both patterns at once.
 *
 * No glob becomes a regular expression: those can take minutes on a hostile pattern. What is not in this small
 * language (extended globs, escapes) is refused with a reason rather than guessed at.
 *
 *   *      any characters but `/`, dot files too        [a-z] [!a-z]   one character of these, or none of these
 *   ?      one character but `/`                        {a,b} {1..9}   either; may be nested
 *   **     as a whole part: any number of parts         a/             everything below `a`
 */

/** One character, as sorted pairs of code points from–to; never `/`. */
type Letters = readonly number[];
type Piece = 'any letters' | Letters;
/** What one name between two `/` may be. */
export type Name = { readonly literal: string; readonly id: number } | Wild;
interface Wild {
  readonly pieces: readonly Piece[];
  /** As it was written. */
  readonly text: string;
  /** The letters it begins and ends with: they tell most names apart at once. */
  readonly start: string;
  readonly end: string;
  /** One `*` between the two, and nothing else. */
  readonly isPlain: boolean;
  /** Of names that one `Globs` has read, another one for each that means something else. */
  readonly id: number;
}
export type Part = 'any parts' | Name;
/** A path pattern without alternatives. */
export type Pattern = readonly Part[];

interface Fault {
  readonly fault: string;
}

const GLOB_CHARS = 512;
/** Alternatives one glob may stand for. */
export const MAX_ALTERNATIVES = 64;
const SLASH = 0x2f;
const LAST_CODE_POINT = 0x10ffff;
/** Shared, so that a long pattern is a list of pointers. */
const ASCII: readonly Letters[] = Array.from({ length: 128 }, (_, point) => [point, point]);
const ANY_LETTER: Letters = [0, SLASH - 1, SLASH + 1, LAST_CODE_POINT];

/** Only names and stars: nothing in it has a second meaning, and nothing of it is refused. */
const USUAL = /^[\w*-][\w*.-]*(?:\/[\w*-][\w*.-]*)*$/;

export interface ReadGlob {
  readonly read: readonly Pattern[] | string;
  /** From 0, in the order in which globs were first asked for. */
  readonly id: number;
}

/**
 * Globs and names that were read, each once. Whoever plans asks of one glob several times what it means, and ten thousand
 * globs have few different names. It is made for one plan, and forgotten with it.
 */
export class GlobCache {
  readonly #read = new Map<string, ReadGlob>();
  readonly #names = new Map<string, Part | Fault>();
  /** Names that would mean something else, were they read. */
  readonly #own = new Map<string, Name>();
  #ids = 0;

  /** The patterns a glob stands for; or why it stands for none, as a clause that begins in lower case. */
  read(text: string): readonly Pattern[] | string {
    return this.lookUp(text).read;
  }

  /** The same, with what tells this glob from the others that were read. */
  lookUp(text: string): ReadGlob {
    let glob = this.#read.get(text);
    if (glob === undefined) {
      const read = text.length <= GLOB_CHARS && USUAL.test(text) ? [this.#usual(text)] : this.#any(text);
      glob = { read, id: this.#read.size };
      this.#read.set(text, glob);
    }
    return glob;
  }

  #usual(text: string): Pattern {
    const pattern: Part[] = [];
    for (let start = 0; start <= text.length; ) {
      const slash = text.indexOf('/', start);
      const end = slash === -1 ? text.length : slash;
      const read = this.#name(text.slice(start, end));
      if (read === 'any parts' || !('fault' in read)) pattern.push(read);
      start = end + 1;
    }
    return pattern;
  }

  #any(text: string): readonly Pattern[] | string {
    const fault = faultOf(text);
    if (fault !== undefined) return fault;
    const glob = text.replace(/^(?:\.\/)+/, '');
    if (glob.includes('//')) return 'it has an empty part, "//"';
    const alternatives = expandBraces(glob.endsWith('/') ? `${glob}**` : glob);
    if (typeof alternatives === 'string') return alternatives;
    const patterns: Pattern[] = [];
    for (const alternative of alternatives) {
      const parts = alternative.split('/');
      if (parts.includes('..') || parts.includes('.')) return 'it has a part "." or ".."';
      // `a/{,b}/c` has an alternative that no path has; the others are meant.
      if (parts.includes('')) continue;
      const pattern: Part[] = [];
      for (const part of parts) {
        const read = this.#name(part);
        if (read !== 'any parts' && 'fault' in read) return read.fault;
        pattern.push(read);
      }
      patterns.push(pattern);
    }
    if (patterns.length === 0) return 'it stands for no path';
    // A file that is really called `[slug].ts` is meant by its own name, too.
    const own = glob.split('/');
    if (!own.includes('') && !patterns.some((pattern) => matches(pattern, own))) {
      patterns.push(own.map((literal) => this.#literal(literal)));
    }
    return patterns;
  }

  /**
   * A pattern that means at least what a glob may mean that is not read: names of what it is written with where they can
   * be trusted, anything in place of the rest.
   */
  readLoosely(text: string): Pattern {
    const anything: Pattern = ['any parts'];
    // Only extended globs are refused for what they say rather than for how they are written.
    if (!/[@?*+!]\(/.test(text) || typeof this.read(text.replace(/[()|@+!]/g, '')) === 'string') return anything;
    if (/[{}\\]/.test(text)) return anything;
    const pattern: Part[] = [];
    for (const part of text.replace(/^(?:\.\/)+/, '').split('/')) {
      // Its parentheses may hold further "/".
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

  /** The name itself, whatever its letters would mean. */
  #literal(literal: string): Name {
    const read = this.#name(literal);
    if (read !== 'any parts' && 'literal' in read) return read;
    const name = this.#own.get(literal) ?? { literal, id: this.#ids++ };
    this.#own.set(literal, name);
    return name;
  }
}

/** The patterns a glob stands for; or why it stands for none, as a clause that begins in lower case. */
export const readGlob = (text: string): readonly Pattern[] | string => new GlobCache().read(text);

/** What is wrong with a glob as it is written, its braces and classes aside. */
function faultOf(text: string): string | undefined {
  if (text.trim() === '') return 'it is empty';
  if (text.length > GLOB_CHARS) return `it has more than ${GLOB_CHARS} characters`;
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return 'it has control characters in it';
  if (text !== text.trim()) return 'it begins or ends with a space';
  if (text.includes('\\')) return 'it has a backslash in it; parts of a path are parted by "/"';
  if (text.startsWith('/')) return 'it is absolute; scopes are relative to the repository';
  if (text.startsWith('~')) return 'it begins with "~"; scopes are relative to the repository';
  if (/^[A-Za-z]:/.test(text)) return 'it names a drive; scopes are relative to the repository';
  if (/[@?*+!]\(/.test(text)) return 'extended globs such as "@(…)" are not read; write the alternatives as "{a,b}"';
  if (text.startsWith('!')) return 'it is negated twice';
  return undefined;
}

function readPart(text: string, id: number): Part | Fault {
  if (text === '**') return 'any parts';
  const pieces: Piece[] = [];
  let literal = true;
  const letters = [...text];
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    if (letter === '*') {
      if (pieces.at(-1) !== 'any letters') pieces.push('any letters');
    } else if (letter === '?') {
      pieces.push(ANY_LETTER);
    } else if (letter === '[' && classEnd(letters, at) !== -1) {
      const end = classEnd(letters, at);
      const read = readClass(letters.slice(at + 1, end));
      if (typeof read === 'string') return { fault: read };
      pieces.push(read);
      at = end;
    } else {
      pieces.push(oneLetter(letter.codePointAt(0) ?? 0));
      continue;
    }
    literal = false;
  }
  return literal ? { literal: text, id } : wild(pieces, text, id);
}

function wild(pieces: readonly Piece[], text: string, id: number): Wild {
  const first = pieces.findIndex((piece) => letterOf(piece) === undefined);
  const last = pieces.findLastIndex((piece) => letterOf(piece) === undefined);
  const said = (some: readonly Piece[]): string => some.map((piece) => letterOf(piece) ?? '').join('');
  return {
    pieces,
    text,
    start: said(pieces.slice(0, first)),
    end: said(pieces.slice(last + 1)),
    isPlain: first === last && pieces[first] === 'any letters',
    id,
  };
}

/** The one letter it stands for, where it stands for one. */
const letterOf = (piece: Piece): string | undefined =>
  piece !== 'any letters' && piece.length === 2 && piece[0] === piece[1]
    ? String.fromCodePoint(piece[0] ?? 0)
    : undefined;

const oneLetter = (point: number): Letters => ASCII[point] ?? [point, point];

/** Where the class that opens at `start` closes; -1 where it never does, and the bracket is only a bracket. */
function classEnd(letters: readonly string[], start: number): number {
  let at = start + 1;
  if (letters[at] === '!' || letters[at] === '^') at++;
  if (letters[at] === ']') at++;
  return letters.indexOf(']', at);
}

function readClass(given: readonly string[]): Letters | string {
  const negated = given[0] === '!' || given[0] === '^';
  const letters = (negated ? given.slice(1) : given).map((letter) => letter.codePointAt(0) ?? 0);
  const ranges: [number, number][] = [];
  for (let at = 0; at < letters.length; at++) {
    const from = letters[at] ?? 0;
    const to = letters[at + 2];
    if (letters[at + 1] === 0x2d && to !== undefined) {
      if (to < from) return `the range "${String.fromCodePoint(from)}-${String.fromCodePoint(to)}" runs backwards`;
      ranges.push([from, to]);
      at += 2;
    } else {
      ranges.push([from, from]);
    }
  }
  const taken = negated ? without([...ranges, [SLASH, SLASH]]) : without([...complement(ranges), [SLASH, SLASH]]);
  return taken.length === 0 ? 'it has a class that no character is in' : taken.flat();
}

const complement = (ranges: readonly (readonly [number, number])[]): [number, number][] => without(ranges);

/** Every code point that is in none of the ranges, as sorted ranges. */
function without(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const left: [number, number][] = [];
  let next = 0;
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (from > next) left.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST_CODE_POINT) left.push([next, LAST_CODE_POINT]);
  return left;
}

/** @returns all alternatives without braces, or why they cannot be listed. */
function expandBraces(glob: string): readonly string[] | string {
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
    if (done.length + open.length > MAX_ALTERNATIVES)
      return `its braces stand for more than ${MAX_ALTERNATIVES} alternatives`;
  }
  return done;
}

interface Group {
  readonly start: number;
  readonly end: number;
  readonly choices: readonly string[];
}

/** The first `{…}` that is a choice; one without comma or range, such as `{name}`, is text. */
function firstGroup(text: string): Group | string | undefined {
  const open: { readonly start: number; readonly commas: number[] }[] = [];
  let first: Group | undefined;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '{') open.push({ start: at, commas: [] });
    else if (letter === ',') open.at(-1)?.commas.push(at);
    else if (letter === '}') {
      const group = open.pop();
      if (!group) return 'its braces do not match';
      const { start, commas } = group;
      if (first && first.start < start) continue;
      const edges = [start, ...commas, at];
      const choices =
        commas.length > 0
          ? edges.slice(1).map((edge, index) => text.slice((edges[index] ?? 0) + 1, edge))
          : readRange(text.slice(start + 1, at));
      if (typeof choices === 'string') return choices;
      if (choices) first = { start, end: at, choices };
    }
  }
  return open.length > 0 ? 'its braces do not match' : first;
}

function readRange(text: string): readonly string[] | string | undefined {
  const letters = /^([A-Za-z])\.\.([A-Za-z])$/.exec(text);
  const numbers = /^(-?\d+)\.\.(-?\d+)$/.exec(text);
  if (!letters && !numbers) return undefined;
  if (numbers && /(?:^|\.|-)0\d/.test(text)) return 'its range has leading zeros; write the numbers out as "{01,02}"';
  const [from = 0, to = 0] = letters
    ? [letters[1]?.codePointAt(0), letters[2]?.codePointAt(0)]
    : [Number(numbers?.[1]), Number(numbers?.[2])];
  const count = Math.abs(to - from) + 1;
  if (!(count <= MAX_ALTERNATIVES)) return `its braces stand for more than ${MAX_ALTERNATIVES} alternatives`;
  const step = to < from ? -1 : 1;
  return Array.from({ length: count }, (_, at) => {
    const value = from + at * step;
    return letters ? String.fromCodePoint(value) : String(value);
  });
}

// ── Matching and meeting ────────────────────────────────────────────────────────────────────────────────────────────

/** Whether the pattern means this path. Takes at most the product of both lengths, whatever the pattern. */
export const matches = (pattern: Pattern, path: readonly string[]): boolean =>
  matchesAll(
    pattern,
    path,
    (part) => part === 'any parts',
    (part, name) => part !== 'any parts' && partMatches(part, name),
  );

function partMatches(part: Name, name: string): boolean {
  if ('literal' in part) return part.literal === name;
  if (!name.startsWith(part.start) || !name.endsWith(part.end)) return false;
  if (part.isPlain) return name.length >= part.start.length + part.end.length;
  return matchesAll(
    part.pieces,
    [...name],
    (piece) => piece === 'any letters',
    (piece, letter) => piece !== 'any letters' && has(piece, letter.codePointAt(0) ?? 0),
  );
}

/**
 * Wildcard matching without backtracking into itself: only the last wildcard ever has to give way, since what stood
 * before it was already matched as early as possible.
 */
function matchesAll<Token, Item>(
  tokens: readonly Token[],
  items: readonly Item[],
  isMany: (token: Token) => boolean,
  matchesOne: (token: Token, item: Item) => boolean,
): boolean {
  let token = 0;
  let many = -1;
  let resume = 0;
  for (let item = 0; item < items.length; ) {
    const one = tokens[token];
    if (one !== undefined && isMany(one)) {
      many = token++;
      resume = item;
    } else if (one !== undefined && matchesOne(one, items[item] as Item)) {
      token++;
      item++;
    } else if (many !== -1) {
      token = many + 1;
      item = ++resume;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every(isMany);
}

/**
 * Whether all that the one pattern means is surely meant by the other. Looked at part by part and piece by piece: `true`
 * is proved, `false` is not.
 */
export const isWithin = (pattern: Pattern, other: Pattern, meter: Meter = { spent: 0 }): boolean =>
  matchesAll(
    other,
    pattern,
    (part) => part === 'any parts',
    (part, own) => part !== 'any parts' && own !== 'any parts' && isNameWithin(own, part, meter),
  );

function isNameWithin(own: Name, other: Name, meter: Meter): boolean {
  meter.spent++;
  if ('literal' in own) return partMatches(other, own.literal);
  if ('literal' in other || !own.start.startsWith(other.start) || !own.end.endsWith(other.end)) return false;
  meter.spent += own.pieces.length + other.pieces.length;
  return matchesAll(
    other.pieces,
    own.pieces,
    (piece) => piece === 'any letters',
    (piece, some) => piece !== 'any letters' && some !== 'any letters' && areLettersWithin(some, piece),
  );
}

/** Counts pairs of tokens that were compared. */
export interface Meter {
  spent: number;
}

/** Whether some path is meant by both patterns. Exact. */
export const patternsOverlap = (a: Pattern, b: Pattern, meter: Meter = { spent: 0 }): boolean =>
  meetAll(
    a,
    b,
    (part) => part === 'any parts',
    (one, other) => one !== 'any parts' && other !== 'any parts' && namesOverlap(one, other, meter),
    meter,
  );

/** Whether some name is meant by both. Exact. */
export function namesOverlap(a: Name, b: Name, meter: Meter): boolean {
  meter.spent++;
  if ('literal' in a) return partMatches(b, a.literal);
  if ('literal' in b) return partMatches(a, b.literal);
  if (!a.start.startsWith(b.start) && !b.start.startsWith(a.start)) return false;
  if (!a.end.endsWith(b.end) && !b.end.endsWith(a.end)) return false;
  if (a.isPlain && b.isPlain) return true;
  return meetAll(
    a.pieces,
    b.pieces,
    (piece) => piece === 'any letters',
    (one, other) => one !== 'any letters' && other !== 'any letters' && lettersMeet(one, other),
    meter,
  );
}

/**
 * Whether some sequence matches both lists of tokens: walks the pairs of positions that one sequence can bring both
 * to, from the beginning to the end of both. Takes the product of both lengths.
 */
function meetAll<Token>(
  a: readonly Token[],
  b: readonly Token[],
  isMany: (token: Token) => boolean,
  onesMeet: (one: Token, other: Token) => boolean,
  meter: Meter,
): boolean {
  // What both begin and end with, up to the first wildcard of either, stands opposite each other in any case. It tells
  // most pairs apart at once.
  let start = 0;
  let endA = a.length;
  let endB = b.length;
  for (; start < endA && start < endB; start++) {
    const [one, other] = [a[start] as Token, b[start] as Token];
    if (isMany(one) || isMany(other)) break;
    if (!onesMeet(one, other)) return false;
  }
  for (; start < endA && start < endB; endA--, endB--) {
    const [one, other] = [a[endA - 1] as Token, b[endB - 1] as Token];
    if (isMany(one) || isMany(other)) break;
    if (!onesMeet(one, other)) return false;
  }
  return meetBetween(a.slice(start, endA), b.slice(start, endB), isMany, onesMeet, meter);
}

function meetBetween<Token>(
  a: readonly Token[],
  b: readonly Token[],
  isMany: (token: Token) => boolean,
  onesMeet: (one: Token, other: Token) => boolean,
  meter: Meter,
): boolean {
  if (a.length === 0 || b.length === 0) return a.every(isMany) && b.every(isMany);
  meter.spent += a.length * b.length;
  let here = new Uint8Array(b.length + 1);
  here[0] = 1;
  for (let i = 0; i <= a.length; i++) {
    const below = new Uint8Array(b.length + 1);
    const one = a[i];
    for (let j = 0; j <= b.length; j++) {
      if (here[j] === 0) continue;
      const other = b[j];
      const oneIsMany = one !== undefined && isMany(one);
      const otherIsMany = other !== undefined && isMany(other);
      if (oneIsMany || (otherIsMany && one !== undefined)) below[j] = 1;
      if (otherIsMany || (oneIsMany && other !== undefined)) here[j + 1] = 1;
      if (one !== undefined && other !== undefined && !oneIsMany && !otherIsMany && onesMeet(one, other)) {
        below[j + 1] = 1;
      }
    }
    if (i === a.length) return here[b.length] === 1;
    here = below;
  }
  return false;
}

function has(letters: Letters, point: number): boolean {
  for (let at = 0; at < letters.length; at += 2) {
    if (point >= (letters[at] ?? 0) && point <= (letters[at + 1] ?? 0)) return true;
  }
  return false;
}

function areLettersWithin(own: Letters, other: Letters): boolean {
  for (let at = 0; at < own.length; at += 2) {
    const end = own[at + 1] ?? 0;
    const holds = other.findIndex((bound, place) => place % 2 === 1 && bound >= end);
    if (holds === -1 || (other[holds - 1] ?? 0) > (own[at] ?? 0)) return false;
  }
  return true;
}

function lettersMeet(a: Letters, b: Letters): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (Math.max(a[i] ?? 0, b[j] ?? 0) <= Math.min(a[i + 1] ?? 0, b[j + 1] ?? 0)) return true;
    if ((a[i + 1] ?? 0) < (b[j + 1] ?? 0)) i += 2;
    else j += 2;
  }
  return false;
}

/** Whether the glob means every file there is. */
export const isEverything = (glob: string, globs = new GlobCache()): boolean => {
  // What begins with a letter means names that begin with it.
  if (/^[\w-]/.test(glob)) return false;
  const patterns = globs.read(glob);
  return (
    typeof patterns !== 'string' &&
    patterns.some(
      (pattern) =>
        pattern.includes('any parts') &&
        pattern.every(
          (part, at) => part === 'any parts' || (at === pattern.length - 1 && part !== undefined && isAnyName(part)),
        ),
    )
  );
};

const isAnyName = (part: Part): boolean =>
  part !== 'any parts' && 'pieces' in part && part.pieces.length === 1 && part.pieces[0] === 'any letters';

/**
 * The directory, or the one file, under which everything a glob means lies; '' for the whole repository.
 */
export function fixedPrefix(glob: string): string {
  const bare = glob.startsWith('./') ? glob.slice(2) : glob;
  const wild = bare.search(/[*?[{]/);
  const fixed = wild === -1 ? bare : bare.slice(0, Math.max(0, bare.lastIndexOf('/', wild)));
  if (fixed.startsWith('/')) return '';
  const empty = fixed.endsWith('/') ? fixed.length - 1 : -1;
  const doubled = fixed.indexOf('//');
  const end = doubled === -1 ? empty : doubled;
  return end === -1 ? fixed : fixed.slice(0, end);
}
