/**
 * Secrets in what a change adds: a scan by secretlint's rules and some of our own.
 *
 * The whole new file is scanned, and what is found counts where one of its lines is new: a secret that was there before
 * is not this change's, and one over several lines is found whole. The preset's rule that lets a comment in the file
 * switch the scan off (`secretlint-disable`) is left out: here the file is what is judged.
 */
import { lintSource } from '@secretlint/core';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';

export interface FoundSecret {
  /** 1-based. */
  readonly line: number;
  readonly rule: string;
}

const SWITCHES_OFF = '@secretlint/secretlint-rule-filter-comments';
const PRESET = rules
  .filter((rule) => rule.meta.id !== SWITCHES_OFF)
  .map((rule) => ({ id: rule.meta.id, rule, options: {} }));

/** What the preset misses: tokens right after a letter, formats newer than it. Each is linear on any text. */
const OURS: readonly { readonly rule: string; readonly pattern: RegExp }[] = [
  { rule: 'github token', pattern: /gh[pousr]_[A-Za-z0-9._-]{36,}/g },
  { rule: 'github token', pattern: /github_pat_[A-Za-z0-9_]{40,}/g },
  { rule: 'anthropic key', pattern: /sk-ant-[A-Za-z0-9_-]{24,}/g },
  { rule: 'openai key', pattern: /sk-(?:proj-|svcacct-)[A-Za-z0-9_-]{32,}/g },
  { rule: 'google api key', pattern: /AIza[A-Za-z0-9_-]{35}/g },
  { rule: 'aws key id', pattern: /(?<![A-Z0-9])(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[A-Z0-9]{16}(?![A-Z0-9])/g },
  { rule: 'private key', pattern: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g },
  { rule: 'json web token', pattern: /(?<![\w-])eyJ[\w-]{16,}\.eyJ[\w-]{16,}\.[\w-]{20,}/g },
];

/** Placeholders of documents and tests: one character over and over, or the word itself. */
const PLACEHOLDER = /x{12,}|\.{6,}|\*{6,}|example|placeholder|redacted/i;

/** @param added whether a line (1-based) is new in this change. */
export async function findSecrets(
  file: string,
  content: string,
  added: (line: number) => boolean,
): Promise<readonly FoundSecret[]> {
  const found: FoundSecret[] = [];
  const touches = (from: number, to: number): number | undefined => {
    for (let line = from; line <= to; line++) if (added(line)) return line;
    return undefined;
  };
  const { messages } = await lintSource({
    source: { content, filePath: `/${file}`, contentType: 'text' },
    options: { config: { rules: PRESET }, maskSecrets: true, noPhysicFilePath: true },
  });
  for (const message of messages) {
    const line = touches(message.loc.start.line, message.loc.end.line);
    const rule = message.ruleId.replace('@secretlint/secretlint-rule-', '');
    if (line !== undefined) found.push({ line, rule });
  }
  let end = 0;
  for (const [index, text] of content.split('\n').entries()) {
    end += text.length + 1;
    if (!added(index + 1)) continue;
    for (const { rule, pattern } of OURS) {
      for (const [match] of text.matchAll(pattern)) {
        const after = content.slice(end - 1 - text.length + text.indexOf(match) + match.length).slice(0, 400);
        if (rule === 'private key' ? !hasKeyBody(after) : PLACEHOLDER.test(match)) continue;
        found.push({ line: index + 1, rule });
      }
    }
  }
  const seen = new Set<number>();
  return found.sort((a, b) => a.line - b.line).filter(({ line }) => !seen.has(line) && seen.add(line));
}

/** A header alone is a document's or a parser's. */
const hasKeyBody = (after: string): boolean =>
  /^(?:Proc-Type:|[A-Za-z0-9+/=]{48})/.test(after.replaceAll(/\\n|\\r|[\s"'`,]/g, ''));
