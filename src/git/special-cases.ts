/**
 * Finds code that returns what a test expects for exactly the test's input, instead of computing it (threat T51).
 *
 * Such a line compares a value with a literal and returns another one, and a test has both in one assertion. Small numbers
 * and plain words do not count: `if (n === 0) return 1` and `if (plan === 'pro') return 49` are ordinary code.
 */
import type { TextChange } from './suspicious.ts';
import { inTests, readCode } from './test-code.ts';
import type { Weakening } from './weakened.ts';

/** A condition on a literal together with a literal result, in code that is not a test. */
export interface Special {
  readonly path: string;
  readonly line: number;
  readonly given: readonly string[];
  readonly result: string;
}

const LITERAL = `-?\\d[\\d_]*(?:\\.\\d+)?|"(?:\\\\.|[^"\\\\]){0,300}"|'(?:\\\\.|[^'\\\\]){0,300}'|\\[[^\\]]{0,300}\\]`;
const literal = (pattern: string): RegExp => new RegExp(pattern.replaceAll('LITERAL', LITERAL));
const CONDITION = new RegExp(
  `(?:={2,3}|\\.equals\\(|\\.Equals\\(|\\beql\\?|\\bis\\b|DeepEqual\\([^,]{1,60},|isEqual\\([^,]{1,60},)\\s*(?:\\w[\\w.<>]{0,30}[({])?\\s*(${LITERAL})`,
  'g',
);
const RESULT = literal('(?:\\breturn\\b|\\?|=>|->|\\bthen\\b|\\bdo:)\\s*(?:\\w+\\()?\\s*(LITERAL)');
const ARM = literal('^\\s*(?:case\\s+|when\\s+)?(LITERAL)\\s*(?:=>|->|:)\\s*(?:return\\s+)?(LITERAL)\\s*[,;]?\\s*$');
const HEAD = literal('^\\s*defp?\\s+\\w+\\(((?:\\s*(?:LITERAL)\\s*,?)+)\\),\\s*do:\\s*(LITERAL)');

/** Lines of code that could answer a test by heart. */
export function specialCasesIn(changes: readonly TextChange[]): readonly Special[] {
  return changes.flatMap(({ path, now, added }) => {
    const code = readCode(path, now);
    const isOfTests = inTests(path, code);
    if (code.language === undefined) return [];
    return [...added].flatMap((line): readonly Special[] => {
      if (isOfTests(line)) return [];
      const text = code.lines[line - 1] ?? '';
      if (text.length > 500) return [];
      const head = HEAD.exec(text);
      if (head) {
        const given = [...(head[1] ?? '').matchAll(new RegExp(LITERAL, 'g'))].map(([each]) => each);
        return [{ path, line, given, result: head[2] ?? '' }];
      }
      const pair = ARM.exec(text);
      if (pair) return [{ path, line, given: [pair[1] ?? ''], result: pair[2] ?? '' }];
      if (!/\b(?:if|elif|elsif|when|unless|case|return)\b|\?|\bdef\b/.test(text)) return [];
      const given = [...text.matchAll(CONDITION)].map(([, each = '']) => each);
      if (given.length === 0) return [];
      const rest = text.slice((text.lastIndexOf(given.at(-1) ?? '') ?? 0) + (given.at(-1)?.length ?? 0));
      const next = code.lines.slice(line, line + 2).join(' ');
      const result =
        (RESULT.exec(rest)?.[1] ?? /^\s*(?:\{\s*)?return\s+/.test(next))
          ? (RESULT.exec(rest)?.[1] ?? RESULT.exec(next)?.[1])
          : bareValue(next);
      const before = new RegExp(`\\breturn\\s+(${LITERAL})\\s+if\\b`).exec(text)?.[1];
      const answer = before ?? result;
      return answer === undefined ? [] : [{ path, line, given, result: answer }];
    });
  });
}

/** Ruby, Rust and Elixir return the last value of a block. */
const bareValue = (text: string): string | undefined =>
  new RegExp(`^\\s*\\{?\\s*(${LITERAL})\\s*(?:\\}|end\\b|else\\b|$)`).exec(text)?.[1];

/** Too small or too ordinary to be the value of one test: `0`, `7`, `'pro'`, `'timed out'`, `'utf8'`. */
const isOrdinary = (value: string): boolean => {
  const inner = value.replace(/^["']|["']$/g, '');
  if (/^-?\d[\d_.]*$/.test(inner)) return Math.abs(Number(inner.replaceAll('_', ''))) < 10 && /^-?\d+$/.test(inner);
  if (value.startsWith('[')) return (value.match(/[\w"']+/g) ?? []).length < 2;
  return !/\d/.test(inner) || /^[a-z]+-?\d+$/i.test(inner);
};

/** One form for a literal, whatever its quotes and its white space. */
const form = (text: string): string => text.replaceAll(/['"`\s]+/g, '').replaceAll(/(?<=\d)_(?=\d)/g, '');

/**
 * Special cases that a test has, too: all of their values stand in lines next to each other.
 *
 * @param tests the texts of test files, or of tests inside the code.
 */
export function answersIn(specials: readonly Special[], tests: readonly string[]): readonly Weakening[] {
  const likely = specials.filter(
    ({ given, result }) => given.some((each) => !isOrdinary(each)) && !/^-?[01]$|^["']{2}$/.test(result),
  );
  if (likely.length === 0) return [];
  const all = tests.flatMap((text) => text.split('\n').map((line) => form(line.slice(0, LINE_CHARS)))).join('\n');
  const holds = (text: string, value: string): boolean => {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
      if (!/[\w.]/.test(text[at - 1] ?? '') && !/\w/.test(text[at + value.length] ?? '')) return true;
    }
    return false;
  };
  const standTogether = (values: readonly string[]): boolean => {
    const rare = values.toSorted((a, b) => b.length - a.length)[0] ?? '';
    for (let at = all.indexOf(rare); at >= 0 && rare !== ''; ) {
      const end = all.indexOf('\n', all.indexOf('\n', at) + 1);
      const near = all.slice(all.lastIndexOf('\n', all.lastIndexOf('\n', at) - 1) + 1, end < 0 ? undefined : end);
      if (values.every((value) => holds(near, value))) return true;
      at = all.indexOf(rare, Math.max(at + 1, all.indexOf('\n', at)));
    }
    return false;
  };
  return likely
    .slice(0, CHECKED)
    .filter(({ given, result }) => standTogether([...given, result].map(form)))
    .map(({ path, line }) => ({ path, remark: { line, why: 'returns what a test expects, for exactly its input' } }));
}

/** Of a change with more special cases than this, the others are not checked. */
const CHECKED = 200;
const LINE_CHARS = 1_000;

/** Tests that stand in files of code, as Rust has them. */
export const testsInside = (changes: readonly TextChange[]): readonly string[] =>
  changes.flatMap(({ path, now }) => {
    const code = readCode(path, now);
    const isOfTests = inTests(path, code);
    const lines = code.lines.filter((_, at) => isOfTests(at + 1));
    return lines.length === 0 ? [] : [lines.join('\n')];
  });
