/**
 * Finds lines of a change that a person should look at (threats T51, T54, T65): lines that switch a check off or skip a
 * test, and lines that are not what they seem.
 *
 * Nothing here refuses a change. A list of patterns is never complete, and any such line can be right. But none should be
 * merged unseen, so each is named with file and line, and a person has to approve (R11.5).
 */
import { isTestFile } from '#core/scope/test-file';

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

/** Files with text instead of code. */
const PROSE = /\.(?:md|mdx|markdown|txt|rst|adoc)$/i;
const SHOWN_OF_A_KIND = 5;

const SWITCHES_OFF =
  /eslint-disable|oxlint-disable|biome-(?:ignore)|tslint:disable|stylelint-disable|@ts-(?:ignore|nocheck|expect-error)|#\s*(?:noqa|type:\s*ignore|pyright:\s*ignore|pylint:\s*disable|ruff:\s*noqa|mypy:\s*ignore|rubocop:disable|credo:disable|nosec)|\/\/\s*nolint|#!?\[allow\(|@SuppressWarnings|@codeCoverageIgnore|phpcs:(?:ignore|disable)|@phpstan-ignore|@psalm-suppress|#pragma warning disable|\b(?:istanbul|c8|v8) ignore\b|pragma:\s*no (?:cover|branch)|coverage:ignore|\bNOLINT\b|swiftlint:disable|nosemgrep|prettier-ignore|\bStryker disable\b|pragma:\s*no mutate|__STRYKER|__stryker|\bstryMutAct/;
const SKIPS_TEST =
  /\b(?:it|test|describe|suite|context|specify)\s*\.\s*(?:skip|only|todo|fails|failing)\b|\b[xf](?:it|describe|test|context)\s*[("'`]|@(?:Ignore|Disabled|Skip)\b|@?pytest\.(?:mark\.)?(?:skip|skipif|xfail)\b|@unittest\.(?:skip|expectedFailure)|#\[ignore\b|\bt\.Skip(?:Now|f)?\(|\[(?:Fact|Theory)\(Skip|\[Ignore\b|markTest(?:Skipped|Incomplete)|@tag :skip|\bpending[ (]["']/;
const HIDES_FROM_SCANNER =
  /secretlint-disable|gitleaks:allow|pragma:\s*allowlist|trufflehog:ignore|ggignore|detect-secrets/i;
const TEST_CASE =
  /\b(?:it|test)(?:\.each)?\s*[(`]|^\s*(?:async\s+)?def test_|^func Test[A-Z_]|#\[(?:tokio::)?test\]|@(?:Test|ParameterizedTest)\b|\[(?:Fact|Theory|Test|TestMethod)\b|^\s*(?:it|specify|test) ["']|function test[A-Z_]/;

export function weakenedIn({ path, before, now, added }: TextChange): readonly Remark[] {
  if (PROSE.test(path)) return [];
  const fewer = isTestFile(path) && before !== '' ? casesIn(before) - casesIn(now) : 0;
  return [
    ...linesWith(now, added, SWITCHES_OFF, 'switches a check off'),
    ...linesWith(now, added, SKIPS_TEST, 'skips a test'),
    ...(fewer > 0 ? [{ why: `(${fewer} fewer ${fewer === 1 ? 'test' : 'tests'})` }] : []),
  ];
}

const casesIn = (text: string): number => text.split('\n').filter((line) => TEST_CASE.test(line)).length;

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

function linesWith(
  text: string,
  added: ReadonlySet<number>,
  pattern: { test(line: string): boolean },
  why: string,
): readonly Remark[] {
  const lines = text.split('\n');
  const found = [...added].filter((line) => pattern.test(lines[line - 1] ?? ''));
  const shown = found.slice(0, SHOWN_OF_A_KIND).map((line) => ({ line, why }));
  const left = found.length - shown.length;
  return left > 0 ? [...shown, { why: `${why}, on ${left} more ${left === 1 ? 'line' : 'lines'}` }] : shown;
}
