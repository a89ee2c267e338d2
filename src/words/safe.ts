/**
 * Makes other people's text harmless where swarm shows it: in a comment, a table, a title or a log.
 *
 * Issues, branches, agents and gates can contain any text, and GitHub acts on text in a comment or a log: a mention
 * notifies, `Fixes #1` closes, `::add-mask::` hides, an HTML comment forges a marker. Inside code, GitHub ignores all of
 * these. So all text that is not swarm's own goes into a code span or a fence that it cannot close (threats T28 to T33,
 * T57). This is only for text that people read. A patch is never altered, only judged.
 */
import { trimEndOf } from '#core/text/trim-end';
import { CREDENTIAL_FORMS } from './credentials.ts';
import { LineHolder, squeezedForms, withoutSplit } from './split-secrets.ts';

const ESCAPE_SEQUENCES =
  /(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]*(?:\x1b\\|\x9c)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]/g;
const LINE_BREAKS = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
const CONTROLS = /[\x00-\x08\x0e-\x1f\x7f-\x9f]/g;
/** Text that needs no cleaning. Most text is like that, and loading the Unicode tables for the rest takes 15 ms. */
const PLAIN = /^[\t\n -~]*$/;
// An emoji keeps the joiners inside it; all other invisible characters are removed.
const invisible = (): RegExp =>
  /(\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)*)|[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Removes everything invisible: terminal sequences, control characters, bidirectional overrides, tag characters, lone
 * surrogates. Every kind of line break becomes `\n`, so that no text can overwrite other text. Idempotent.
 */
export const clean = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text
        .toWellFormed()
        .replace(ESCAPE_SEQUENCES, '')
        .replace(LINE_BREAKS, '\n')
        .replace(CONTROLS, '')
        .replace(invisible(), '$1');

/** `clean`, on one line: runs of whitespace become one space. */
export const oneLine = (text: string): string => clean(text).replace(/\s+/gu, ' ').trim();

/** Text in which each character is one grapheme. A carriage return is excluded, because it could be part of one. */
const ALL_SINGLE = /^[\0-\x0c\x0e-\x7f]*$/;
let graphemes: Intl.Segmenter | undefined;

/** At most `max` graphemes including `…`, never cut inside one. Many combining marks on one letter count by their length. */
export const clip = (text: string, max: number): string => {
  if (text.length <= max) return text;
  if (max > 0 && ALL_SINGLE.test(text.slice(0, max))) return `${text.slice(0, max - 1).trimEnd()}…`;
  let kept = '';
  let count = 0;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of graphemes.segment(text.slice(0, max * 8))) {
    if (count === max - 1 || kept.length + segment.length > max * 4) return `${kept.trimEnd()}…`;
    kept += segment;
    count += 1;
  }
  return kept.length === text.length ? kept : `${kept.trimEnd()}…`;
};

/** One clean line of at most `max` graphemes. Text far beyond that is not processed, because it may be megabytes long. */
const cleanLine = (text: string, max: number): string => {
  const near = text.slice(0, max * 16 + 256);
  const line = clip(oneLine(near), max);
  return near.length === text.length || line.endsWith('…') ? line : `${line}…`;
};

const longestRun = (text: string, mark: RegExp): number =>
  (text.match(mark) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);

/** A code span that its content cannot close. Mentions, links, keywords and HTML have no effect inside. */
export const inline = (text: string, max = 200): string => {
  const content = cleanLine(text, max);
  if (content === '') return '`(empty)`';
  const fence = '`'.repeat(longestRun(content, /`+/g) + 1);
  const pad = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${content}${pad}${fence}`;
};

/**
 * `inline`, for a cell of a table. A pipe ends a cell even inside code, and GFM reads `\\|` as an escaped backslash and a
 * plain pipe, so the number of backslashes before a pipe has to be odd.
 */
export const cell = (text: string, max = 80): string =>
  inline(text, max).replace(/(\\*)\|/g, (_, slashes: string) =>
    slashes.length % 2 === 0 ? `${slashes}\\|` : `${slashes}\\\\|`,
  );

/** `inline`, for HTML such as `<summary>`, which contains no Markdown. GitHub acts on nothing inside `<code>`. */
export const htmlCode = (text: string, max = 120): string =>
  `<code>${cleanLine(text, max).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</code>`;

/** A fenced block that its content cannot close. Long content is shortened in the middle, with a note. */
export const block = (text: string, options: { max?: number; language?: 'text' | 'json' | 'diff' | 'yaml' } = {}) => {
  const content = shorten(trimEndOf(clean(text), '\n'), options.max ?? 4_000);
  const fence = '`'.repeat(Math.max(3, longestRun(content, /`+/g) + 1));
  return `${fence}${options.language ?? 'text'}\n${content === '' ? '(no output)' : content}\n${fence}`;
};

/** Keeps `max` characters, a third from the start and the rest from the end, where failures are. Cuts at line ends. */
export const shorten = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const head = text.slice(0, Math.floor(max / 3)).toWellFormed();
  const tail = text.slice(text.length - Math.floor((max * 2) / 3)).toWellFormed();
  const from = head.lastIndexOf('\n');
  const to = tail.indexOf('\n');
  const start = from > 0 ? head.slice(0, from) : head;
  const end = to >= 0 && to < tail.length - 1 ? tail.slice(to + 1) : tail;
  return `${start}\n… ${text.length - start.length - end.length} characters left out …\n${end}`;
};

/** GitHub rejects bodies and comments over 65,536 characters. The margin is for characters that GitHub counts differently. */
export const BODY_MAX = 60_000;

/** The first rendering that fits. `share` is the part of rows and text to show; the smallest always fits. */
export const fitting = (render: (share: number) => string): string => {
  for (const share of [1, 0.5, 0.25, 0.1]) {
    const text = render(share);
    if (text.length <= BODY_MAX) return text;
  }
  return render(0.03);
};

/** A readable title, even if the is empty, invisible or 256 characters long. Plain text: quote it with `inline`. */
export const titleText = (title: string, number: number, max = 80): string => {
  const line = cleanLine(title, max);
  return line === '' ? `(untitled #${number})` : line;
};

/**
 * Changes a log line so that it contains no runner command. The runner reads `::cmd::` at the start of a line, after
 * leading spaces, and `##[cmd]` anywhere in it (actions/runner, ActionCommand.cs).
 */
export const neutraliseLogLine = (line: string): string =>
  line.replace(/^(\s*):(?=:)/u, '$1: ').replace(/##(?=\[)/g, '# #');

/** Makes untrusted text safe for a job's log: cleaned, without known secrets, without runner commands. */
export const logText = (text: string, secrets: Iterable<string> = []): string =>
  redact(clean(text), secrets).split('\n').map(neutraliseLogLine).join('\n');

/** Replaces a secret. */
export const REDACTED = '***';
const SHORTEST_SECRET = 6;

/**
 * Removes the given secrets in the forms in which they usually leak (plain, base64 and base64url at each of the three
 * alignments, base32, hex, URL-encoded, JSON-escaped, reversed, and each long line separately), whole or in pieces with
 * anything but letters and digits between, and everything that looks like a credential. Values under 6 characters stay,
 * because they would also match ordinary words. A secret in another code is not found; SECURITY.md names this residual risk.
 *
 * Use `clean` first if the value may contain terminal sequences; `logText` does both.
 */
export const redact = (text: string, secrets: Iterable<string> = []): string => redactor(secrets)(text);

/** `redact` for many texts: computes the forms of the secrets once. */
export const redactor = (secrets: Iterable<string> = []): ((text: string) => string) => {
  const forms = formsOf(secrets);
  const squeezed = squeezedForms(forms);
  return (text) => {
    let left = text;
    for (const form of forms) if (left.includes(form)) left = left.split(form).join(REDACTED);
    left = withoutSplit(left, squeezed, REDACTED);
    left = withoutPrivateKeys(left);
    for (const { pattern } of CREDENTIAL_FORMS) left = left.replace(pattern, REDACTED);
    for (const { pattern, keep } of LOOSE) left = left.replace(pattern, `${keep}${REDACTED}`);
    return left;
  };
};

/** Makes the lines of a job's log safe, even if a secret is wrapped over several of them. */
export class LogRedactor {
  readonly #secrets: ReadonlySet<string>;
  readonly #holder = new LineHolder();
  #forms: readonly string[] = [];
  #known = -1;

  /** @param secrets the set may still grow. */
  constructor(secrets: ReadonlySet<string>) {
    this.#secrets = secrets;
  }

  /** @returns the lines that can be printed now. */
  add(line: string): readonly string[] {
    if (this.#known !== this.#secrets.size) {
      this.#forms = squeezedForms(formsOf(this.#secrets));
      this.#known = this.#secrets.size;
    }
    const lines = logText(line, this.#secrets).split('\n');
    return lines.flatMap((each) => this.#holder.add(each, this.#forms, REDACTED));
  }

  /** @returns the lines that were held back, at the end of the log. */
  end(): readonly string[] {
    return this.#holder.end(this.#forms, REDACTED);
  }
}

/** Longest first, so that no part of a longer form remains. */
const formsOf = (secrets: Iterable<string>): readonly string[] =>
  [...new Set([...secrets].flatMap(leakedForms))].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));

/** Returns a function that finds the given secrets in a text, in any form that `redact` removes. */
export const secretFinder = (secrets: Iterable<string>): ((text: string) => boolean) => {
  const forms = formsOf(secrets);
  return (text) => forms.some((form) => text.includes(form));
};

/** `redact` for every string in plain data. Keys are swarm's own and stay unchanged. */
export const redactAll = <Value>(value: Value, secrets: Iterable<string> = []): Value => {
  const redacted = redactor(secrets);
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return redacted(part);
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, held]) => [name, walk(held)]));
  };
  return walk(value) as Value;
};

const leakedForms = (secret: string): string[] => {
  const value = secret.trim();
  if (value.length < SHORTEST_SECRET) return [];
  const bytes = new TextEncoder().encode(value);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const based = [0, 1, 2].map((shift) => base64Inside(bytes, shift));
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  return [
    value,
    [...value].reverse().join(''),
    hex,
    hex.toUpperCase(),
    ...based,
    ...[0, 1, 2, 3, 4].map((shift) => base32Inside(bytes, shift)).flatMap((form) => [form, form.toLowerCase()]),
    ...based.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
    ...urlForms(value),
    JSON.stringify(value).slice(1, -1),
    JSON.stringify(JSON.stringify(value)).slice(3, -3),
    JSON.stringify([...value].reverse().join('')).slice(1, -1),
    ...(lines.length > 1 ? lines.filter((line) => line.length >= 12) : []),
  ].filter((form) => form.length >= SHORTEST_SECRET);
};

const urlForms = (value: string): string[] => {
  const percent = encodeURIComponent(value.toWellFormed());
  return [percent, percent.replaceAll('%20', '+'), percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())];
};

/** The base64 characters that depend only on these bytes, not on those before (`shift` bytes, modulo 3) or after them. */
const base64Inside = (bytes: Uint8Array, shift: number): string => {
  const shifted = new Uint8Array(shift + bytes.length);
  shifted.set(bytes, shift);
  const encoded = btoa(String.fromCharCode(...shifted)).replace(/=+$/, '');
  const first = [0, 2, 3][shift] ?? 0;
  return shifted.length % 3 === 0 ? encoded.slice(first) : encoded.slice(first, -1);
};

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The same in base32 (RFC 4648), where five bytes make eight characters. */
const base32Inside = (bytes: Uint8Array, shift: number): string => {
  const bits = ['0'.repeat(8 * shift), ...[...bytes].map((byte) => byte.toString(2).padStart(8, '0'))].join('');
  const whole = bits.slice(Math.ceil((8 * shift) / 5) * 5, Math.floor(bits.length / 5) * 5);
  return (whole.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join('');
};

/** More forms to remove from text. They are too loose for the secret scan to reject a change. */
const LOOSE: readonly { readonly pattern: RegExp; readonly keep: string }[] = [
  // It must contain a digit and not start inside a word, so that `task-list-of-the-sub-issues` does not match.
  { pattern: /(?<![A-Za-z0-9])sk-(?=[A-Za-z_-]{0,60}[0-9])[A-Za-z0-9_-]{20,}/g, keep: '' },
  { pattern: /(?:AKIA|ASIA)[A-Z0-9]{16}/g, keep: '' },
  { pattern: /(bearer|basic|token)(\s+)(?=[\w.~+/=-]*[0-9=])[\w.~+/=-]{20,}/gi, keep: '$1$2' },
  { pattern: /(:\/\/[^\s/@:]{0,200}:)[^\s/@]{1,500}(?=@)/g, keep: '$1' },
];

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;

// One regular expression would be quadratic for text with many beginnings and no end.
const withoutPrivateKeys = (text: string): string => {
  let left = '';
  let from = 0;
  PRIVATE_KEY.lastIndex = 0;
  for (let begin = PRIVATE_KEY.exec(text); begin !== null; begin = PRIVATE_KEY.exec(text)) {
    left += text.slice(from, begin.index) + REDACTED;
    const end = text.indexOf('PRIVATE KEY-----', PRIVATE_KEY.lastIndex);
    from = end < 0 ? text.length : end + 'PRIVATE KEY-----'.length;
    if (end < 0) break;
    PRIVATE_KEY.lastIndex = from;
  }
  return left + text.slice(from);
};
