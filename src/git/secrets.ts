/**
 * Secrets in what a change adds: a scan by secretlint's rules and by the forms of credentials that swarm knows itself.
 *
 * The whole new file is scanned, and what is found counts where one of its lines is new: a secret that was there before
 * is not this change's, and one over several lines is found whole. The preset's rule that lets a comment in the file
 * switch the scan off (`secretlint-disable`) is left out: here the file is what is judged. What is no secret is said on
 * the default branch, by the digest of the value (`secrets.allow` in the config); a change cannot say it for itself.
 */
import { createHash } from 'node:crypto';
import { lintSource } from '@secretlint/core';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { AllowedSecret } from '#core/model/config';
import { isInside } from '#core/scope/scope';
import { CREDENTIAL_FORMS } from '#words/credentials';
import { secretFinder } from '#words/safe';

export interface FoundSecret {
  /** 1-based; the first new line that it stands in. */
  readonly line: number;
  readonly rule: string;
  /** Of the value itself, hex: what `secrets.allow` takes. None for values that may never be allowed. */
  readonly sha256?: string;
}

const SWITCHES_OFF = '@secretlint/secretlint-rule-filter-comments';
const PRESET = rules
  .filter((rule) => rule.meta.id !== SWITCHES_OFF)
  .map((rule) => ({ id: rule.meta.id, rule, options: {} }));

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;
const PRIVATE_KEY_CHARS = 16_000;
/** A literal behind a telling name. Whether its value looks thrown is asked beside. */
const NAMED =
  /(?:password|passwd|secret|api[_-]?key|auth[_-]?token|access[_-]?token)["']?\s{0,5}[:=]\s{0,5}(["'`])([^"'`\s$<>{}]{20,200})\1/gi;

/** Placeholders of documents and tests: one character over and over, or the word itself. */
const PLACEHOLDER = /x{12,}|\.{6,}|\*{6,}|example|placeholder|redacted|changeme/i;

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  /** Whether the rule is a name in plain words. */
  readonly named: boolean;
}

export interface Scan {
  /** Path of the file, as the config's globs name it. */
  readonly file: string;
  readonly content: string;
  /** Whether a line (1-based) is new in this change. */
  readonly added: (line: number) => boolean;
  readonly allowed?: readonly AllowedSecret[];
  /** Values this job knows, such as its agent's key. */
  readonly known?: Iterable<string>;
}

export async function findSecrets({
  file,
  content,
  added,
  allowed = [],
  known = [],
}: Scan): Promise<readonly FoundSecret[]> {
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
  const lines = new Lines(content);
  const found: FoundSecret[] = [];
  for (const { start, end, rule } of merged([...hits, ...ownHits(content)])) {
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

/** Finds secrets in files' names, which everything that is told of a change would show. */
export const secretsInNames = (known: Iterable<string> = []): ((path: string) => boolean) => {
  const holdsKnown = secretFinder(known);
  return (path) =>
    holdsKnown(path) ||
    CREDENTIAL_FORMS.some(({ pattern }) => [...path.matchAll(pattern)].some(([match]) => !PLACEHOLDER.test(match)));
};

/** Of a job's values those that no ordinary text holds by chance: a change with one of these in it is refused. */
export const unmistakable = (values: Iterable<string>): readonly string[] =>
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
    if (PLACEHOLDER.test(value) || !looksThrown(value)) continue;
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

/** Capitals, small letters and digits in one long word: nobody calls anything so. */
const looksThrown = (value: string): boolean =>
  /[a-z]/.test(value) && /[A-Z]/.test(value) && /[0-9]/.test(value) && !/^(?:https?:|[./~])/.test(value);

/** A header alone is a document's or a parser's. */
const hasKeyBody = (after: string): boolean =>
  /^(?:Proc-Type:|[A-Za-z0-9+/=]{48})/.test(after.slice(0, 400).replaceAll(/\\n|\\r|[\s"'`,]/g, ''));

/** Places that overlap are one secret, whoever found it: its digest must not depend on which rule was first. */
function merged(hits: readonly Hit[]): readonly Hit[] {
  const found: Hit[] = [];
  for (const hit of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = found.at(-1);
    if (!last || hit.start >= last.end) found.push(hit);
    // The names that swarm gives are the plainer ones.
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
  const lines = content.split('\n').flatMap((text, at) => (holdsKnown(text) ? [at + 1] : []));
  // One over several lines belongs to all of them.
  return lines.length > 0 ? lines : content.split('\n').map((_, at) => at + 1);
}

/** Positions in a text by line. */
class Lines {
  readonly #starts: number[] = [0];

  constructor(content: string) {
    for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** The first line between two positions that fits. */
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
