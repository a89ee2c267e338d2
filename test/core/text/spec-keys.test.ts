import { describe, expect, test } from 'vitest';
import type { Source } from '../../../src/core/model/epic.ts';
import { readFrontMatter } from '../../../src/core/text/front-matter.ts';
import { linesOf, readableLines } from '../../../src/core/text/markdown.ts';
import { readFormAnswers, readPairs } from '../../../src/core/text/prose.ts';
import {
  collectKeys,
  KEYS,
  type Key,
  type KeyFault,
  mayNest,
  nearestKey,
  type StatedKey,
  splitList,
} from '../../../src/core/text/spec-keys.ts';

interface Written {
  /** The first of these lines is on line 2. */
  readonly front?: readonly string[];
  /** The first of these lines is on line 1, or behind the front matter. */
  readonly form?: readonly string[];
  readonly labels?: readonly string[];
}

function collectedWhole({ front, form = [], labels = [] }: Written) {
  const head = front ? ['---', ...front, '---'] : [];
  const matter = readFrontMatter(linesOf([...head, ...form].join('\n')), mayNest);
  const lines = readableLines(matter.rest);
  return collectKeys(matter, readFormAnswers(lines, matter.rest), labels, readPairs(lines));
}

/** Without the report of where things are from, which has tests of its own. */
function collected(written: Written): {
  readonly stated: readonly Omit<StatedKey, 'source'>[];
  readonly faults: readonly KeyFault[];
} {
  const { stated, faults } = collectedWhole(written);
  for (const [key, each] of stated) expect(each.key).toBe(key);
  return { stated: [...stated.values()].map(({ source: _, ...each }) => each), faults };
}

const sayPlace = (source: Source): string =>
  `${source.kind} ${source.kind === 'label' ? source.label : 'line' in source ? source.line : ''}`.trim();
/** `files from front matter 2`: the source of what is stated. */
const placesIn = (written: Written): readonly string[] =>
  [...collectedWhole(written).stated.values()].map(({ key, source }) => `${key} from ${sayPlace(source)}`);
/** `files at text 2: prose`: what was not taken, and why. */
const passedIn = (written: Written): readonly string[] =>
  collectedWhole(written).passedOver.map(({ what, source, why }) => `${what} at ${sayPlace(source)}: ${why}`);

/** `2 files = a | b`: the line, the key and the texts of what is stated. */
const saidIn = (written: Written): readonly string[] =>
  collected(written).stated.map(
    ({ key, line, values }) =>
      `${line ?? '-'} ${key} = ${values === 'block' ? 'nested' : values.map(({ text }) => text).join(' | ')}`,
  );

describe('the keys of a front matter', () => {
  test.each(KEYS)('may be %s', (key) => {
    expect(collected({ front: [`${key}: a`] })).toEqual({
      stated: [
        { key, written: key, line: 2, values: [{ kind: 'scalar', text: 'a', quoted: false, line: 2 }], isList: false },
      ],
      faults: [],
    });
  });

  test.each<[string, Key]>([
    ['edit-locus', 'files'],
    ['edit_locus', 'files'],
    ['file-scope', 'files'],
    ['commit-scope', 'scope'],
    ['blocked-by', 'depends-on'],
    ['Depends_On', 'depends-on'],
  ])('may be written %s, for %s', (written, key) => {
    expect(collected({ front: [`${written}: "a"`] })).toEqual({
      stated: [
        { key, written, line: 2, values: [{ kind: 'scalar', text: 'a', quoted: true, line: 2 }], isList: false },
      ],
      faults: [],
    });
  });

  test('hold lists and nested lines', () => {
    expect(collected({ front: ['files: [a]', 'skills:', '- b', '- c', 'gates:', '  d: e', 'context: []'] })).toEqual({
      stated: [
        {
          key: 'files',
          written: 'files',
          line: 2,
          values: [{ kind: 'scalar', text: 'a', quoted: false, line: 2 }],
          isList: true,
        },
        {
          key: 'skills',
          written: 'skills',
          line: 3,
          values: [
            { kind: 'scalar', text: 'b', quoted: false, line: 4 },
            { kind: 'scalar', text: 'c', quoted: false, line: 5 },
          ],
          isList: true,
        },
        { key: 'gates', written: 'gates', line: 6, values: 'block', isList: false },
        { key: 'context', written: 'context', line: 8, values: [], isList: true },
      ],
      faults: [],
    });
  });

  test.each<[string, boolean]>([
    ['gates', true],
    ['review', true],
    ['tdd', true],
    ['files', false],
    ['', false],
  ])('with nested lines: %s, %s', (key, may) => {
    expect(mayNest(key)).toBe(may);
  });

  test('that are unknown are faults, with the key as it is written', () => {
    expect(collected({ front: ['Filez: a', 'type: fix', 'constructor: b', 'nothing:'] })).toEqual({
      stated: [
        {
          key: 'type',
          written: 'type',
          line: 3,
          values: [{ kind: 'scalar', text: 'fix', quoted: false, line: 3 }],
          isList: false,
        },
      ],
      faults: [
        { kind: 'key', line: 2, written: 'Filez' },
        { kind: 'key', line: 4, written: 'constructor' },
        { kind: 'key', line: 5, written: 'nothing' },
      ],
    });
  });

  test('count once, and a second name for one is a fault', () => {
    const fault = (line: number, value: string): KeyFault => ({
      kind: 'value',
      line,
      key: 'edit-locus',
      value,
      expected: { kind: 'key said once', line: 2, written: 'files' },
    });
    const files = { front: ['files: a', 'edit-locus: b'] };
    expect(saidIn(files)).toEqual(['2 files = a']);
    expect(collected(files).faults).toEqual([fault(3, 'b')]);
    expect(collected({ front: ['files: a', 'edit-locus:', ' - b', ' - c'] }).faults).toEqual([fault(3, 'b, c')]);
    expect(collected({ front: ['files: a', 'edit-locus: ~'] }).faults).toEqual([]);
    // The same name again is a fault of the front matter, which reports it.
    expect(collected({ front: ['gates: a', 'GATES: {b: c}'] }).faults).toEqual([]);
  });

  test.each([
    ['filez', 'files'],
    ['Edit_Locos', 'edit-locus'],
    ['blockedby', 'blocked-by'],
    ['zzzzzz', undefined],
  ])('%s is nearest to %s', (written, key) => {
    expect(nearestKey(written)).toBe(key);
  });
});

describe('the answers of a form', () => {
  test('state keys with the lines of their values', () => {
    expect(collected({ form: ['### Type', '', 'fix', '### File scope', '- `src/a.ts`, b.ts', '* c/{d,e}/'] })).toEqual({
      stated: [
        {
          key: 'type',
          written: 'type',
          line: 1,
          values: [{ text: 'fix', quoted: false, line: 3 }],
          isList: false,
          isAnswer: true,
        },
        {
          key: 'files',
          written: 'file-scope',
          line: 4,
          values: [
            { text: 'src/a.ts', quoted: false, line: 5 },
            { text: 'b.ts', quoted: false, line: 5 },
            { text: 'c/{d,e}/', quoted: false, line: 6 },
          ],
          isList: true,
          isAnswer: true,
        },
      ],
      faults: [],
    });
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['of one word', ['### Persona', 'scout'], ['1 persona = scout']],
    ['of one word in code', ['### Persona', '`scout`'], ['1 persona = scout']],
    ['of one item', ['### Persona', ' + scout '], ['1 persona = scout']],
    ['with a hyphen', ['### Persona', '-scout'], ['1 persona = -scout']],
    ['with an item in the middle', ['### Persona', 'a - b'], []],
    ['of two words, for a key with one', ['### Persona', 'the scout'], []],
    ['of two lines', ['### Persona', 'scout', 'tester'], []],
    ['of nothing but code marks', ['### Persona', '``'], []],
    ['of two words, for a choice', ['### Type', 'New  feature'], ['1 type = New  feature']],
    ['of six words, for a choice', ['### Type', 'a b c d e f'], ['1 type = a b c d e f']],
    ['of seven words, for a choice', ['### Type', 'a b c d e f g'], []],
    ['with one box ticked', ['### Priority', '- [ ] P0', '- [X] P1', '- [ ] P2'], ['1 priority = P1']],
    ['with two boxes ticked', ['### Priority', '- [x] P0', '- [X] P1'], []],
    ['with no box ticked', ['### Priority', '- [ ] P0', '- [ ] P1'], []],
    ['with the branch of a fault', ['### Branch', 'main'], []],
    ['with a template of branches', ['### Branch', '{type}/{slug}'], ['1 branch = {type}/{slug}']],
    ...['type', 'worker', 'effort', 'priority', 'estimate', 'parallel'].map(
      (key): [string, readonly string[], readonly string[]] => [
        `of two words, for ${key}`,
        [`### ${key}`, 'a b'],
        [`1 ${key} = a b`],
      ],
    ),
    ...['slug', 'scope', 'model', 'agent', 'tdd', 'review', 'attempts', 'budget', 'gates', 'branch', 'base'].map(
      (key): [string, readonly string[], readonly string[]] => [
        `of two words, for ${key}`,
        [`### ${key}`, 'a b', '### Persona', 'scout'],
        ['3 persona = scout'],
      ],
    ),
    ['of paths', ['### Files', 'src/a.ts', '- b.ts,c/*'], ['1 files = src/a.ts | b.ts | c/*']],
    ['of paths that look like words', ['### Files', 'everything'], []],
    ['of paths among words', ['### Files', 'src/a.ts', 'and more'], []],
    ['of one path that is a word', ['### Files', 'src/a.ts, all'], []],
    ['of documents', ['### Context', 'docs/a.md, docs/b.md'], ['1 context = docs/a.md | docs/b.md']],
    ['with a comma, for a key with one value', ['### Persona', 'a,b'], ['1 persona = a,b']],
    ['of references', ['### Conflicts with', '#12, 13'], ['1 conflicts-with = #12 | 13']],
    ['of skills', ['### Skills', 'one, two'], ['1 skills = one | two']],
    ['of skills among words', ['### Skills', 'one and two'], []],
    ['that only dependencies are read from', ['### Depends on', '#12'], []],
    ['that only dependencies are read from, by another name', ['### Blocked by', '#12'], []],
    ['to no key', ['### Notes', 'none'], []],
  ])('%s', (_, form, stated) => {
    expect(saidIn({ form })).toEqual(stated);
    expect(collected({ form }).faults).toEqual([]);
  });

  test('do not count for keys that the front matter states, nor the second time', () => {
    expect(
      saidIn({ front: ['type: fix'], form: ['### Type', 'docs', '### Model', 'fast', '### Model', 'slow'] }),
    ).toEqual(['2 type = fix', '6 model = fast']);
    expect(saidIn({ front: ['type:'], form: ['### Type', 'docs'] })).toEqual(['4 type = docs']);
  });
});

describe('labels', () => {
  test.each(['model', 'effort', 'worker', 'persona', 'base', 'priority'])('state %s', (key) => {
    expect(collected({ labels: ['bug', `${key}:a`, `x${key}:b`, key] })).toEqual({
      stated: [
        {
          key,
          written: key,
          line: undefined,
          values: [{ text: 'a', quoted: true, line: 0 }],
          isList: false,
          isAnswer: true,
        },
      ],
      faults: [],
    });
  });

  test.each<[readonly string[], readonly string[]]>([
    [[], []],
    [['P0'], ['- priority = P0']],
    [['p3'], ['- priority = p3']],
    [['P4', 'XP1', 'P11', 'p'], []],
    [['model: fast '], ['- model = fast']],
    [['model:'], ['- model = ']],
    [['model:a:b'], ['- model = a:b']],
    [['model:a', 'model:a', 'model: a'], ['- model = a']],
    [
      ['base:b', 'model:a', 'priority:low'],
      ['- model = a', '- base = b', '- priority = low'],
    ],
    [['type:fix', 'files:b'], []],
    [['priority:high', 'P1'], ['- priority = high']],
    [
      ['Model:a', 'PRIORITY:low'],
      ['- model = a', '- priority = low'],
    ],
  ])('%j state %j', (labels, stated) => {
    expect(saidIn({ labels })).toEqual(stated);
    expect(collected({ labels }).faults).toEqual([]);
  });

  test.each<[readonly string[], Key, string]>([
    [['model:b', 'model:a', 'model:c'], 'model', 'a, b, c'],
    [['P1', 'P0'], 'priority', 'P0, P1'],
    [['priority:high', 'P2'], 'priority', 'P2, high'],
  ])('%j disagree', (labels, key, value) => {
    expect(collected({ labels: [...labels, 'persona:scout'] })).toEqual({
      stated: [
        {
          key: 'persona',
          written: 'persona',
          line: undefined,
          values: [{ text: 'scout', quoted: true, line: 0 }],
          isList: false,
          isAnswer: true,
        },
      ],
      faults: [{ kind: 'value', line: undefined, key, value, expected: { kind: 'one label', key } }],
    });
  });

  test('do not count for keys that the text states, even if they disagree', () => {
    const labels = ['model:a', 'model:b', 'effort:low', 'worker:tests'];
    expect(saidIn({ front: ['model: fast'], form: ['### Effort', 'high'], labels })).toEqual([
      '2 model = fast',
      '4 effort = high',
      '- worker = tests',
    ]);
    expect(collected({ front: ['model: fast'], form: ['### Effort', 'high'], labels }).faults).toEqual([]);
  });
});

describe('a list in one text', () => {
  test.each<[string, readonly string[]]>([
    ['', []],
    ['a', ['a']],
    ['a, b ,c', ['a', 'b', 'c']],
    [' , a,, ', ['a']],
    ['{a,b}/c, d', ['{a,b}/c', 'd']],
    ['a, {b,{c,d}},e', ['a', '{b,{c,d}}', 'e']],
    ['a}, b', ['a}', 'b']],
    ['a}{b,c', ['a}{b', 'c']],
    ['{a, b', ['{a, b']],
    ['a b, c', ['a b', 'c']],
  ])('%j has the parts %j', (text, parts) => {
    expect(splitList(text)).toEqual(parts);
  });
});

describe('the report of where keys are from', () => {
  test('names the line of the front matter, of the answer, and the label as it is written', () => {
    const front = ['worker: tests', 'files:', '  - a'];
    const form = ['### Type', '', 'fix', '### Skills', '', '- [ ] one', '- [x] two'];
    expect(placesIn({ front, form, labels: ['Model: fast', 'p1'] })).toEqual([
      'worker from front matter 2',
      'files from front matter 3',
      'type from form answer 8',
      'skills from form answer 12',
      'model from label Model: fast',
      'priority from label p1',
    ]);
    expect(placesIn({ labels: ['priority/critical'] })).toEqual(['priority from label priority/critical']);
    expect(passedIn({ front, form, labels: ['Model: fast', 'p1'] })).toEqual([]);
  });

  test.each<[string, Written, readonly string[]]>([
    ['an answer that is prose', { form: ['### Context', 'We have it.'] }, ['context at form answer 1: prose']],
    ['a heading of another key', { form: ['### Notes', 'We have it.'] }, []],
    ['no heading of dependencies', { form: ['### Depends on', 'We have it.'] }, []],
    ['a value below another heading', { form: ['## Priority', 'high'] }, ['priority at section 1: other heading']],
    ['no prose below another heading', { form: ['## Context', 'We have it.'] }, []],
    [
      'a label that says something else',
      { front: ['worker: tests'], labels: ['worker:security'] },
      ['worker at label worker:security: overruled'],
    ],
    ['no label that says the same', { front: ['priority: 1'], labels: ['P1'] }, []],
    [
      'an answer that says something else',
      { front: ['type: fix'], form: ['### Type', 'Docs'] },
      ['type at form answer 5: overruled'],
    ],
    ['no answer that says the same', { front: ['type: fix'], form: ['### Type', 'Bug'] }, []],
    [
      'a line of the text',
      { form: ['Priority: High', 'Estimate: 3h'] },
      ['priority at text 1: in the text', 'estimate at text 2: in the text'],
    ],
    ['no line that says the same', { labels: ['P1'], form: ['Priority: High'] }, []],
    ['no line that is a sentence', { form: ['Type: all of the above, and some more words'] }, []],
    ['no line with a word that often means something else', { form: ['Context: a', 'Review: b', 'Scope: c'] }, []],
  ])('has %s', (_, written, passed) => {
    expect(passedIn(written)).toEqual(passed);
  });
});
