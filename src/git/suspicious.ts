/**
 * Finds lines of a change that are not what they seem (threats T54, T65).
 *
 * Nothing here refuses a change. A list of patterns is never complete, and any such line can be right. But none should be
 * merged unseen, so each is named with file and line.
 */

export interface TextChange {
  readonly path: string;
  readonly before: string;
  readonly now: string;
  /** New lines of `now`, 1-based. */
  readonly added: ReadonlySet<number>;
}

/** A reason to look at a line, or at the whole file. */
export interface Remark {
  readonly line?: number;
  /** A clause that follows the file's name. */
  readonly why: string;
}

export const sayRemark = (file: string, { line, why }: Remark): string =>
  line === undefined ? `${file} ${why}` : `${file}:${line} ${why}`;

const SHOWN_OF_A_KIND = 5;

const HIDES_FROM_SCANNER =
  /secretlint-disable|gitleaks:allow|pragma:\s*allowlist|trufflehog:ignore|ggignore|detect-secrets/i;
const INVISIBLE = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
const LATIN = /\p{Script=Latin}/u;
const WORDS = /[\p{L}\p{M}\p{N}_$]+/gu;
const LONG_LINE = 1_000;

export function suspiciousIn({ before, now, added }: TextChange): readonly Remark[] {
  const isMixed = (line: string): boolean =>
    OTHER_SCRIPT.test(line) && (line.match(WORDS) ?? []).some((word) => OTHER_SCRIPT.test(word) && LATIN.test(word));
  const isLong = (line: string): boolean => line.length > LONG_LINE;
  return [
    ...linesWith(now, added, INVISIBLE, 'contains characters that are invisible or reverse the text'),
    ...linesWith(now, added, { test: isMixed }, 'mixes letters of two scripts in one word'),
    ...linesWith(now, added, HIDES_FROM_SCANNER, 'tells a secret scanner to ignore it; swarm scanned it anyway'),
    ...linesWith(now, added, { test: isLong }, `is longer than ${LONG_LINE} characters`),
    ...(before !== '' && before !== now && squeezed(before) === squeezed(now)
      ? [{ why: 'changes only white space' }]
      : []),
  ];
}

const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');

/** Lines (1-based) that a pattern finds; of many only the first few. */
export function linesWith(
  text: string,
  added: ReadonlySet<number>,
  pattern: { test(line: string): boolean },
  why: string,
): readonly Remark[] {
  const lines = text.split('\n');
  return shownOf(
    [...added].filter((line) => pattern.test(lines[line - 1] ?? '')),
    why,
  );
}

/** Remarks on the first of these lines, and the number of the others. */
export function shownOf(found: readonly number[], why: string): readonly Remark[] {
  const shown = found.slice(0, SHOWN_OF_A_KIND).map((line) => ({ line, why }));
  const left = found.length - shown.length;
  return left > 0 ? [...shown, { why: `${why}, on ${left} more ${left === 1 ? 'line' : 'lines'}` }] : shown;
}
