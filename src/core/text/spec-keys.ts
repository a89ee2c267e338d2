/**
 * Collects the keys of an issue's spec from the three places that can state them: the front matter, the answers of an issue
 * form, and labels. The first of these to state a key counts (SPEC R1.5). `spec.ts` reads the values.
 */
import { type PassedOver, type Source, SPEC_KEYS, type SpecKey } from '#core/model/epic';
import type { SpecExpected } from '#core/model/problem/faults';
import { meaningsOf } from './answers.ts';
import { type FrontMatter, keyOf, type Scalar } from './front-matter.ts';
import { nearest } from './nearest.ts';
import type { FormAnswer, TextPair } from './prose.ts';

export const KEYS = SPEC_KEYS;
export type Key = SpecKey;

const ALIASES: ReadonlyMap<string, Key> = new Map([
  ...KEYS.map((key) => [key, key] as const),
  ['edit-locus', 'files'],
  ['file-scope', 'files'],
  ['commit-scope', 'scope'],
  ['blocked-by', 'depends-on'],
]);

/** The key with this name, in lower case with hyphens. */
export const keyNamed = (name: string): Key | undefined => ALIASES.get(name);

/** Words that begin many lines of a text and mean something else there. */
const OFTEN_PROSE: ReadonlySet<Key> = new Set(['context', 'scope', 'agent', 'base', 'review', 'gates', 'branch']);
const LISTS: ReadonlySet<Key> = new Set(['files', 'context', 'skills', 'conflicts-with']);
/** A form's choices for these keys can have some words. Swarm reports one that it does not know, and does not take it as prose. */
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
  readonly source: Source;
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
  pairs: readonly TextPair[] = [],
): {
  readonly stated: StatedKeys;
  readonly faults: readonly KeyFault[];
  readonly passedOver: readonly PassedOver[];
} {
  const stated = new Map<Key, StatedKey>();
  const faults: KeyFault[] = [];
  const passedOver: PassedOver[] = [];
  for (const { key: written, line, value } of front.entries) {
    const key = ALIASES.get(keyOf(written));
    if (!key) {
      faults.push({ kind: 'key', line, written });
      continue;
    }
    if (value.kind === 'nothing') continue;
    const values = value.kind === 'block' ? 'block' : value.kind === 'list' ? value.items : [value];
    const source = { kind: 'front matter', line } as const;
    const found = { key, written, line, source, values, isList: value.kind === 'list' } as const;
    const earlier = stated.get(key);
    if (earlier) faults.push(repeatedKey(earlier, found));
    else stated.set(key, found);
  }
  for (const answer of answers) {
    const key = ALIASES.get(answer.name);
    // Everything that reads dependencies looks below this heading itself.
    if (!key || key === 'depends-on') continue;
    const found = answeredKey(key, answer);
    if (answer.level !== 3) {
      const source = { kind: 'section', line: answer.line } as const;
      if (found) passedOver.push({ what: key, source, why: 'other heading' });
    } else if (found) add(found);
    else passedOver.push({ what: key, source: { kind: 'form answer', line: answer.line }, why: 'prose' });
  }
  for (const { key, found } of labelledKeys(labels)) {
    const [first] = found;
    if (!first) continue;
    if (found.length > 1 && !stated.has(key)) {
      const value = found.map((each) => each.value).join(', ');
      faults.push({ kind: 'value', line: undefined, key, value, expected: { kind: 'one label', key } });
      continue;
    }
    for (const { label, value } of found) {
      const source = { kind: 'label', label } as const;
      const values = [{ text: value, quoted: true, line: 0 }];
      add({ key, written: key, line: undefined, source, values, isList: false, isAnswer: true });
    }
  }
  for (const { name, value, line } of pairs) {
    const key = ALIASES.get(name);
    // Everything that reads dependencies looks for these itself.
    if (!key || key === 'depends-on' || OFTEN_PROSE.has(key) || value.split(/\s+/).length > CHOICE_WORDS) continue;
    const values = [{ text: value, quoted: false, line }];
    const source = { kind: 'text', line } as const;
    const found: StatedKey = { key, written: name, line, source, values, isList: false, isAnswer: true };
    const earlier = stated.get(key);
    if (!earlier || meantBy(earlier) !== meantBy(found)) passedOver.push({ what: key, source, why: 'in the text' });
  }
  return { stated, faults, passedOver };

  /** What is stated first counts. The same said twice is nothing to report. */
  function add(found: StatedKey): void {
    const { key, source } = found;
    const earlier = stated.get(key);
    if (!earlier) stated.set(key, found);
    else if (meantBy(earlier) !== meantBy(found)) passedOver.push({ what: key, source, why: 'overruled' });
  }
}

/** The meaning of a key's values, in a form that can be compared. */
const meantBy = ({ key, values }: StatedKey): string =>
  values === 'block' ? '' : values.map(({ text }) => meaningsOf(key, text).at(0) ?? '').join();

/** The key that is closest to a mistyped one. */
export const nearestKey = (written: string): string | undefined => nearest(keyOf(written), [...ALIASES.keys()]);

const repeatedKey = (earlier: StatedKey, found: StatedKey): KeyFault => ({
  kind: 'value',
  line: found.line,
  key: found.written,
  value: found.values === 'block' ? '…' : found.values.map(({ text }) => text).join(', '),
  expected: { kind: 'key said once', line: earlier.line, written: earlier.written },
});

/** The key as an answer of a form states it. Undefined if it does not read like a value: "Context" often heads prose. */
function answeredKey(key: Key, { name, line, lines }: FormAnswer): StatedKey | undefined {
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
  const source = { kind: 'form answer', line: values[0]?.line ?? line } as const;
  return isValue && !isOther ? { key, written: name, line, source, values, isList, isAnswer: true } : undefined;
}

const BOX = /^\s*[-*+]\s+\[[ xX]\]\s/;
const CHOICE_WORDS = 6;

interface Labelled {
  readonly label: string;
  readonly value: string;
}

function labelledKeys(labels: readonly string[]): readonly { key: Key; found: readonly Labelled[] }[] {
  const after = (prefix: string): readonly Labelled[] =>
    labels
      .filter((label) => label.toLowerCase().startsWith(prefix))
      .map((label) => ({ label, value: label.slice(prefix.length).trim() }));
  const unique = (all: readonly Labelled[]): readonly Labelled[] =>
    [...new Map(all.map((each) => [each.value, each])).values()].sort((a, b) => (a.value < b.value ? -1 : 1));
  // `P1` and `priority:high` are the same.
  const alike = (all: readonly Labelled[]): readonly Labelled[] => [
    ...new Map(all.map((each) => [meaningsOf('priority', each.value).at(0), each])).values(),
  ];
  const short = labels.filter((label) => /^[Pp][0-3]$/.test(label)).map((label) => ({ label, value: label }));
  return [
    ...LABELS.map((key) => ({ key, found: unique(after(`${key}:`)) })),
    { key: 'priority', found: alike(unique([...short, ...after('priority:'), ...after('priority/')])) },
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
