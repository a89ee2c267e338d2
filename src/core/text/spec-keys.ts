/**
 * Collects the keys of an issue's spec from the three places that can state them: the front matter, the answers of an issue
 * form, and labels. The first of these to state a key counts (SPEC R1.5). `spec.ts` reads the values.
 */
import type { SpecExpected } from '#core/model/problem/faults';
import { meaningsOf } from './answers.ts';
import { type FrontMatter, keyOf, type Scalar } from './front-matter.ts';
import { nearest } from './nearest.ts';
import type { FormAnswer } from './prose.ts';

export const KEYS = [
  'type',
  'slug',
  'scope',
  'worker',
  'persona',
  'model',
  'effort',
  'agent',
  'skills',
  'files',
  'priority',
  'estimate',
  'context',
  'gates',
  'tdd',
  'review',
  'attempts',
  'budget',
  'conflicts-with',
  'depends-on',
  'parallel',
  'branch',
  'base',
] as const;
export type Key = (typeof KEYS)[number];

const ALIASES: ReadonlyMap<string, Key> = new Map([
  ...KEYS.map((key) => [key, key] as const),
  ['edit-locus', 'files'],
  ['file-scope', 'files'],
  ['commit-scope', 'scope'],
  ['blocked-by', 'depends-on'],
]);

const LISTS: ReadonlySet<Key> = new Set(['files', 'context', 'skills', 'conflicts-with']);
/** A form's choices for these keys can have some words. A choice that Swarm does not know is told, and not ignored as prose. */
const CHOICES: ReadonlySet<Key> = new Set(['type', 'worker', 'effort', 'priority', 'estimate', 'parallel']);
/** Keys that labels can state, too: `model:fast`. */
const LABELS = ['model', 'effort', 'worker', 'persona', 'base'] as const;

/** Keys that may have nested lines. This version does not read them. */
export const mayNest = (key: string): boolean => ['gates', 'review', 'tdd'].includes(key);

/** A key with its values as an issue states them, or with nested lines. */
export interface StatedKey {
  readonly key: Key;
  /** As the author wrote it. */
  readonly written: string;
  /** Undefined for a label. */
  readonly line: number | undefined;
  readonly values: readonly Scalar[] | 'block';
  readonly isList: boolean;
  /** It is the answer of a form, or a label: somebody else's question may have been meant. */
  readonly isAnswer?: true;
}

export type StatedKeys = ReadonlyMap<Key, StatedKey>;

/** A key that is unknown, or a value that cannot be right. */
export type KeyFault =
  | { readonly kind: 'key'; readonly line: number; readonly written: string }
  | {
      readonly kind: 'value';
      readonly line: number | undefined;
      readonly key: string;
      readonly value: string;
      readonly expected: SpecExpected;
    };

export function collectKeys(
  front: FrontMatter,
  answers: readonly FormAnswer[],
  labels: readonly string[],
): { readonly stated: StatedKeys; readonly faults: readonly KeyFault[] } {
  const stated = new Map<Key, StatedKey>();
  const faults: KeyFault[] = [];
  for (const { key: written, line, value } of front.entries) {
    const key = ALIASES.get(keyOf(written));
    if (!key) {
      faults.push({ kind: 'key', line, written });
      continue;
    }
    if (value.kind === 'nothing') continue;
    const values = value.kind === 'block' ? 'block' : value.kind === 'list' ? value.items : [value];
    const found = { key, written, line, values, isList: value.kind === 'list' } as const;
    const earlier = stated.get(key);
    if (earlier) faults.push(repeatedKey(earlier, found));
    else stated.set(key, found);
  }
  for (const found of answers.map(answeredKey)) if (found && !stated.has(found.key)) stated.set(found.key, found);
  for (const { key, values } of labelledKeys(labels)) {
    if (stated.has(key) || values.length === 0) continue;
    if (values.length > 1) {
      const expected = { kind: 'one label', key } as const;
      faults.push({ kind: 'value', line: undefined, key, value: values.join(', '), expected });
      continue;
    }
    const scalars = values.map((text) => ({ text, quoted: true, line: 0 }));
    stated.set(key, { key, written: key, line: undefined, values: scalars, isList: false, isAnswer: true });
  }
  return { stated, faults };
}

/** The key that is closest to a mistyped one. */
export const nearestKey = (written: string): string | undefined => nearest(keyOf(written), [...ALIASES.keys()]);

const repeatedKey = (earlier: StatedKey, found: StatedKey): KeyFault => ({
  kind: 'value',
  line: found.line,
  key: found.written,
  value: found.values === 'block' ? '…' : found.values.map(({ text }) => text).join(', '),
  expected: { kind: 'key said once', line: earlier.line, written: earlier.written },
});

/** The key that an answer of a form states. Undefined if it does not read like a value: "Context" often heads prose. */
function answeredKey({ name, line, lines }: FormAnswer): StatedKey | undefined {
  const key = ALIASES.get(name);
  // Everything that reads dependencies looks below this heading itself.
  if (!key || key === 'depends-on') return undefined;
  const isList = LISTS.has(key);
  const ticked = lines.filter(({ text }) => BOX.test(text));
  const chosen = ticked.length === 0 ? lines : ticked.filter(({ text }) => !/\[ \]/.test(text));
  const values = chosen.flatMap(({ withCode, number }) => {
    const text = withCode
      .replace(BOX, '- ')
      .replace(/^\s*[-*+]\s/, '')
      .replaceAll('`', '');
    const parts = isList ? splitList(text) : [text.trim()].filter((part) => part !== '');
    return parts.map((part) => ({ text: part, quoted: false, line: number }));
  });
  const maxWords = CHOICES.has(key) ? CHOICE_WORDS : 1;
  const isValue = isList
    ? values.every(({ text }) => !/\s/.test(text) && (key === 'skills' || /[./*#\d]/.test(text)))
    : values.length === 1 && values.every(({ text }) => text.split(/\s+/).length <= maxWords);
  // Many forms ask for the branch where a fault is seen.
  const isOther = key === 'branch' && !values.some(({ text }) => /[{/]/.test(text));
  return isValue && !isOther ? { key, written: name, line, values, isList, isAnswer: true } : undefined;
}

const BOX = /^\s*[-*+]\s+\[[ xX]\]\s/;
const CHOICE_WORDS = 6;

function labelledKeys(labels: readonly string[]): readonly { key: Key; values: readonly string[] }[] {
  const after = (prefix: string): readonly string[] =>
    labels.filter((label) => label.toLowerCase().startsWith(prefix)).map((label) => label.slice(prefix.length).trim());
  const unique = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();
  // `P1` and `priority:high` are the same.
  const alike = (values: readonly string[]): readonly string[] => [
    ...new Map(values.map((value) => [meaningsOf('priority', value).at(0), value])).values(),
  ];
  const priorities = [...labels.filter((label) => /^[Pp][0-3]$/.test(label)), ...after('priority:')];
  return [
    ...LABELS.map((key) => ({ key, values: unique(after(`${key}:`)) })),
    { key: 'priority', values: alike(unique(priorities)) },
  ];
}

/** Splits at commas outside braces: `a, {b,c}/d` → `a` and `{b,c}/d`. Empty parts are left out. */
export function splitList(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}') depth--;
    else if (text[i] === ',' && depth <= 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
}
