/**
 * Where an issue says each key of its spec: in the front matter, in an issue form's answers, or in labels. The first of
 * these that says a key counts (SPEC R1.5). What the values mean is `spec.ts`.
 */
import type { SpecExpected } from '#core/model/problem/faults';
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
/** A form's choices for these can have two words, and are then worth an error rather than a shrug. */
const CHOICES: ReadonlySet<Key> = new Set(['type', 'worker', 'effort', 'priority', 'estimate', 'parallel']);
/** Keys that labels say, too: `model:fast`. */
const LABELS = ['model', 'effort', 'worker', 'persona', 'base'] as const;

/** Keys whose value may be nested; issues to come read them further. */
export const mayNest = (key: string): boolean => ['gates', 'review', 'tdd'].includes(key);

/** One key as it was said: a list of texts, or something nested. */
export interface StatedKey {
  readonly key: Key;
  /** As its author wrote it. */
  readonly written: string;
  /** None for a label. */
  readonly line: number | undefined;
  readonly values: readonly Scalar[] | 'block';
  readonly isList: boolean;
}

export type StatedKeys = ReadonlyMap<Key, StatedKey>;

/** What is wrong with the way something is said, for whoever knows the issue. */
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
): { readonly saying: StatedKeys; readonly complaints: readonly KeyFault[] } {
  const saying = new Map<Key, StatedKey>();
  const complaints: KeyFault[] = [];
  for (const { key: written, line, value } of front.entries) {
    const key = ALIASES.get(keyOf(written));
    if (!key) {
      complaints.push({ kind: 'key', line, written });
      continue;
    }
    if (value.kind === 'nothing') continue;
    const values = value.kind === 'block' ? 'block' : value.kind === 'list' ? value.items : [value];
    const said = { key, written, line, values, isList: value.kind === 'list' } as const;
    const before = saying.get(key);
    if (before) complaints.push(saidTwice(before, said));
    else saying.set(key, said);
  }
  for (const said of answers.map(answered)) if (said && !saying.has(said.key)) saying.set(said.key, said);
  for (const { key, values } of labelled(labels)) {
    if (saying.has(key) || values.length === 0) continue;
    if (values.length > 1) {
      const expected = { kind: 'one label', key } as const;
      complaints.push({ kind: 'value', line: undefined, key, value: values.join(', '), expected });
      continue;
    }
    const scalars = values.map((text) => ({ text, quoted: true, line: 0 }));
    saying.set(key, { key, written: key, line: undefined, values: scalars, isList: false });
  }
  return { saying, complaints };
}

/** The key that a mistyped one is closest to. */
export const nearestKey = (written: string): string | undefined => nearest(keyOf(written), [...ALIASES.keys()]);

const saidTwice = (before: StatedKey, again: StatedKey): KeyFault => ({
  kind: 'value',
  line: again.line,
  key: again.written,
  value: again.values === 'block' ? '…' : again.values.map(({ text }) => text).join(', '),
  expected: { kind: 'key said once', line: before.line, written: before.written },
});

/** Of a form's answers only those that read like a value: a heading "Context" stands above prose as often. */
function answered({ name, line, lines }: FormAnswer): StatedKey | undefined {
  const key = ALIASES.get(name);
  if (!key || key === 'depends-on') return undefined;
  const isList = LISTS.has(key);
  const values = lines.flatMap(({ withCode, number }) => {
    const text = withCode
      .replace(/^\s*(?:[-*+]\s+)?/, '')
      .replaceAll('`', '')
      .trim();
    const parts = isList ? splitList(text) : [text].filter((part) => part !== '');
    return parts.map((part) => ({ text: part, quoted: false, line: number }));
  });
  const words = CHOICES.has(key) ? 2 : 1;
  const isValue = isList
    ? values.every(({ text }) => !/\s/.test(text) && (key === 'skills' || /[./*#\d]/.test(text)))
    : values.length === 1 && (values[0]?.text.split(/\s+/).length ?? 0) <= words;
  return isValue ? { key, written: name, line, values, isList } : undefined;
}

function labelled(labels: readonly string[]): readonly { key: Key; values: readonly string[] }[] {
  if (labels.length === 0) return [];
  const after = (prefix: string): readonly string[] => [
    ...new Set(labels.filter((label) => label.startsWith(prefix)).map((label) => label.slice(prefix.length).trim())),
  ];
  const priorities = [...new Set([...labels.filter((label) => /^[Pp][0-3]$/.test(label)), ...after('priority:')])];
  return [
    ...LABELS.map((key) => ({ key, values: [...after(`${key}:`)].sort() })),
    { key: 'priority', values: priorities.sort() },
  ];
}

/** `a, {b,c}/d` → `a` and `{b,c}/d`. */
export function splitList(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}') depth--;
    else if (at === text.length || (text[at] === ',' && depth <= 0)) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return parts.filter((part) => part !== '');
}
