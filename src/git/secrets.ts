/**
 * Finds secrets that a change adds, by secretlint's rules and by the forms of credentials that swarm knows.
 *
 * The whole new file is scanned, so that a secret over several lines is found. A secret counts only if one of its lines
 * is new: an old one is not the change's fault. The preset's rule that lets a comment switch the scan off
 * (`secretlint-disable`) is left out, because the file is what is being judged. Exceptions are set on the default branch,
 * by the digest of the value (`secrets.allow` in the config). A change cannot make an exception for itself.
 */
import { createHash } from 'node:crypto';
import { lintSource } from '@secretlint/core';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { AllowedSecret } from '#core/model/config';
import { isInside } from '#core/scope/scope';
import { CREDENTIAL_FORMS } from '#words/credentials';
import { secretFinder } from '#words/safe';

export interface FoundSecret {
  /** Its first new line, 1-based. */
  readonly line: number;
  readonly rule: string;
  /** The digest of the value in hex, for `secrets.allow`. Undefined for values that can never be allowed. */
  readonly sha256?: string;
}

const SWITCHES_OFF = '@secretlint/secretlint-rule-filter-comments';
const PRESET = rules
  .filter((rule) => rule.meta.id !== SWITCHES_OFF)
  .map((rule) => ({ id: rule.meta.id, rule, options: {} }));

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;
const PRIVATE_KEY_CHARS = 16_000;
/** A string assigned to a name such as `password`. `looksRandom` judges its value. */
const NAMED =
  /(?:password|passwd|secret|api[_-]?key|auth[_-]?token|access[_-]?token)["']?\s{0,5}[:=]\s{0,5}(["'`])([^"'`\s$<>{}]{20,200})\1/gi;

/** Placeholders in documents and tests: a repeated character, or a word such as "example". */
const PLACEHOLDER = /x{12,}|\.{6,}|\*{6,}|example|placeholder|redacted|changeme/i;

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  /** True if `rule` is a plain English name instead of an id of secretlint. */
  readonly named: boolean;
}

export interface ScanInput {
  /** Relative to the repository, like the config's globs. */
  readonly file: string;
  readonly content: string;
  /** True for lines (1-based) that are new in this change. */
  readonly added: (line: number) => boolean;
  readonly allowed?: readonly AllowedSecret[];
  /** Values of this job, such as its agent's key. */
  readonly known?: Iterable<string>;
}

export async function findSecrets({
  file,
  content,
  added,
  allowed = [],
  known = [],
}: ScanInput): Promise<readonly FoundSecret[]> {
  const { messages } = await lintSource({
    source: { content, filePath: `/${file}`, contentType: 'text' },
    options: { config: { rules: PRESET }, maskSecrets: true, noPhysicFilePath: true },
  });
  const hits: Hit[] = messages.map(({ range: [start, end], ruleId }) => ({
    start,
    end,
    rule: ruleId.replace('@secretlint/secretlint-rule-', ''),
    named: false,
  }));
  const lines = new LineIndex(content);
  const found: FoundSecret[] = [];
  for (const { start, end, rule } of mergeOverlapping([...hits, ...ownHits(content)])) {
    const line = lines.firstOf(start, end, added);
    const sha256 = digestOf(content.slice(start, end));
    if (line !== undefined && !isAllowed(file, sha256, allowed)) found.push({ line, rule, sha256 });
  }
  for (const line of linesWithKnown(content, known)) {
    if (added(line)) found.push({ line, rule: "a value of the job's environment" });
  }
  const seen = new Set<number>();
  return found.sort((a, b) => a.line - b.line).filter(({ line }) => !seen.has(line) && seen.add(line));
}

/** Finds secrets in the names of files, which every message about a change would show. */
export const secretsInNames = (known: Iterable<string> = []): ((path: string) => boolean) => {
  const holdsKnown = secretFinder(known);
  return (path) =>
    holdsKnown(path) ||
    CREDENTIAL_FORMS.some(({ pattern }) => [...path.matchAll(pattern)].some(([match]) => !PLACEHOLDER.test(match)));
};

/** The values of a job that no ordinary text contains by chance. A change that contains one is refused. */
export const distinctiveSecrets = (values: Iterable<string>): readonly string[] =>
  [...values].filter(
    (value) => value.length >= 16 && /[0-9]/.test(value) && /[A-Za-z]/.test(value) && !/\s|:\/\//.test(value),
  );

export const digestOf = (value: string): string => createHash('sha256').update(value).digest('hex');

const isAllowed = (file: string, sha256: string, allowed: readonly AllowedSecret[]): boolean =>
  allowed.some((each) => each.sha256 === sha256 && isInside(file, [each.path]));

function ownHits(content: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const { kind, pattern } of CREDENTIAL_FORMS) {
    for (const { 0: match, index } of content.matchAll(pattern)) {
      if (!PLACEHOLDER.test(match)) hits.push({ start: index, end: index + match.length, rule: kind, named: true });
    }
  }
  for (const { 0: match, 2: value = '', index } of content.matchAll(NAMED)) {
    if (PLACEHOLDER.test(value) || !looksRandom(value)) continue;
    const start = index + match.lastIndexOf(value);
    hits.push({ start, end: start + value.length, rule: 'a password or key in the text', named: true });
  }
  for (const { 0: match, index } of content.matchAll(PRIVATE_KEY)) {
    const after = content.slice(index + match.length, index + match.length + PRIVATE_KEY_CHARS);
    if (!hasKeyBody(after)) continue;
    const last = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----/.exec(after);
    const end = index + match.length + (last ? last.index + last[0].length : Math.min(after.length, 400));
    hits.push({ start: index, end, rule: 'private key', named: true });
  }
  return hits;
}

/** Upper case, lower case and digits in one long word: an unlikely name for anything. */
const looksRandom = (value: string): boolean =>
  /[a-z]/.test(value) && /[A-Z]/.test(value) && /[0-9]/.test(value) && !/^(?:https?:|[./~])/.test(value);

/** Documents and parsers contain the header of a key without its body. */
const hasKeyBody = (after: string): boolean =>
  /^(?:Proc-Type:|[A-Za-z0-9+/=]{48})/.test(after.slice(0, 400).replaceAll(/\\n|\\r|[\s"'`,]/g, ''));

/** Merges overlapping hits into one secret, so that its digest does not depend on the order of the rules. */
function mergeOverlapping(hits: readonly Hit[]): readonly Hit[] {
  const found: Hit[] = [];
  for (const hit of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = found.at(-1);
    if (!last || hit.start >= last.end) found.push(hit);
    // Swarm's own names are easier to read.
    else
      found[found.length - 1] = {
        start: last.start,
        end: Math.max(last.end, hit.end),
        ...(hit.named ? nameOf(hit) : nameOf(last)),
      };
  }
  return found;
}

const nameOf = ({ rule, named }: Hit) => ({ rule, named });

function linesWithKnown(content: string, known: Iterable<string>): readonly number[] {
  const holdsKnown = secretFinder(known);
  if (!holdsKnown(content)) return [];
  const lines = content.split('\n').flatMap((text, index) => (holdsKnown(text) ? [index + 1] : []));
  // A value over several lines counts for every line of the file.
  return lines.length > 0 ? lines : content.split('\n').map((_, index) => index + 1);
}

/** Finds the line of a position in a text. */
class LineIndex {
  readonly #starts: number[] = [0];

  constructor(content: string) {
    for (let end = content.indexOf('\n'); end >= 0; end = content.indexOf('\n', end + 1)) {
      this.#starts.push(end + 1);
    }
  }

  /** The first matching line between two positions. */
  firstOf(start: number, end: number, fits: (line: number) => boolean): number | undefined {
    for (let line = this.#lineAt(start); line <= this.#lineAt(Math.max(start, end - 1)); line++) {
      if (fits(line)) return line;
    }
    return undefined;
  }

  #lineAt(position: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }
}
