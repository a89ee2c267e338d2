/**
 * Finds secrets that are cut into pieces: wrapped over lines, with quotes or spaces between, as `%6b`, `\x6b` or `0x6b`.
 *
 * Only letters and digits are compared, so it does not matter what stands between them. That is why a value needs twelve of
 * them: a shorter one could be an ordinary word.
 */

const SHORTEST = 12;
/** So many characters of a secret at the end of a text may be its beginning. Fewer say nothing, and may be shown. */
const TELLING = 8;

/** The letters and digits of a text, without the prefixes of escaped bytes. */
interface Squeezed {
  readonly text: string;
  /** For each of its characters, where it stands in the whole text. */
  readonly places: readonly number[];
}

function squeeze(text: string): Squeezed {
  const places: number[] = [];
  let squeezed = '';
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const isDigit = code >= 48 && code <= 57;
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    if (!isDigit && !isLetter) continue;
    if (code === 48 || code === 117 || code === 120) {
      const prefix = bytePrefix(text, index);
      if (prefix > 0) {
        index += prefix - 1;
        continue;
      }
    }
    squeezed += text[index];
    places.push(index);
  }
  return { text: squeezed, places };
}

const BYTE_PREFIX =
  /(?:(?<=[\\#])x|(?<=\\)u00|(?<![A-Za-z0-9])0x)(?=[0-9a-f]{2}(?![0-9a-z]))|(?<=\\)x(?=[0-9a-f]{2})/iy;

/** The length of `x` in `\x6b`, of `u00` in `\u006b`, of `0x` in `0x6b`; 0 if none of them stands here. */
function bytePrefix(text: string, index: number): number {
  BYTE_PREFIX.lastIndex = index;
  return BYTE_PREFIX.exec(text)?.[0].length ?? 0;
}

/** The forms of secrets, squeezed. Too short ones are left out. */
export const squeezedForms = (forms: Iterable<string>): readonly string[] =>
  [...new Set([...forms].map((form) => squeeze(form).text))].filter((form) => form.length >= SHORTEST);

/** Ranges of a text that hold a secret in pieces, from its first character to behind its last. */
function rangesIn({ text, places }: Squeezed, forms: readonly string[]): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const form of forms) {
    for (let found = text.indexOf(form); found >= 0; found = text.indexOf(form, found + form.length)) {
      ranges.push([places[found] ?? 0, (places[found + form.length - 1] ?? 0) + 1]);
    }
  }
  return ranges.sort(([one], [other]) => one - other);
}

/** Replaces every secret that stands in the text in pieces. */
export function withoutSplit(text: string, forms: readonly string[], replacement: string): string {
  if (forms.length === 0) return text;
  let left = '';
  let from = 0;
  for (const [start, end] of rangesIn(squeeze(text), forms)) {
    if (end <= from) continue;
    left += text.slice(from, Math.max(from, start)) + replacement;
    from = end;
  }
  return left + text.slice(from);
}

/**
 * Holds back the lines of a log that may be the beginning of a secret, until the lines after them show whether they are.
 *
 * `redact` gets what can be shown, joined by line breaks, with a few characters before it that were shown already.
 */
export class LineHolder {
  #held: string[] = [];
  /** The end of what was shown: too little of a secret to hold it back. */
  #before = '';

  /** @returns lines that can be shown now, each without secrets. */
  add(line: string, forms: readonly string[], replacement: string): readonly string[] {
    this.#held.push(line);
    const joined = this.#held.join('\n');
    const safe = withoutSplit(`${this.#before}\n${joined}`, forms, replacement);
    // The part that was shown is dropped again, or what is left of it if a secret began there.
    const shown = safe.startsWith(`${this.#before}\n`)
      ? safe.slice(this.#before.length + 1)
      : safe.slice(safe.indexOf(replacement));
    this.#held = shown.split('\n');
    const open = this.#opening(shown, forms);
    const lines = open === undefined ? this.#held : this.#held.slice(0, shown.slice(0, open).split('\n').length - 1);
    this.#held = this.#held.slice(lines.length);
    this.#before = `${this.#before}${squeeze(lines.slice(-TELLING).join('\n')).text}`.slice(1 - TELLING);
    return lines;
  }

  /** The lines that are still held, at the end of the log. The beginning of a secret in them is not shown. */
  end(forms: readonly string[], replacement: string): readonly string[] {
    const joined = this.#held.join('\n');
    const open = this.#opening(joined, forms);
    this.#held = [];
    if (joined === '') return [];
    return (open === undefined ? joined : joined.slice(0, open) + replacement).split('\n');
  }

  /** Where a secret may begin in this text, which follows what was shown; 0 if it began before. */
  #opening(text: string, forms: readonly string[]): number | undefined {
    const open = beginning(`${this.#before}\n${text}`, forms);
    return open === undefined ? undefined : Math.max(0, open - this.#before.length - 1);
  }
}

/** Where the end of a text may be the beginning of a secret; undefined if it is not. */
function beginning(text: string, forms: readonly string[]): number | undefined {
  const { text: squeezed, places } = squeeze(text);
  let first: number | undefined;
  for (const form of forms) {
    const from = Math.max(0, squeezed.length - form.length + 1);
    for (
      let index = squeezed.indexOf(form.slice(0, TELLING), from);
      index >= 0;
      index = squeezed.indexOf(form.slice(0, TELLING), index + 1)
    ) {
      if (form.startsWith(squeezed.slice(index))) {
        if (first === undefined || index < first) first = index;
        break;
      }
    }
  }
  return first === undefined ? undefined : places[first];
}
