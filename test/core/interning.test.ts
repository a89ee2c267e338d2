import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderWaves } from '../../src/core/graph/graph.ts';
import { intern, internSorted } from '../../src/core/graph/interning.ts';

/** A fixed order that looks like none. */
const mixed = <Item>(items: readonly Item[]): Item[] =>
  items.map((_, at) => items[(at * 7_919) % items.length] as Item);

/** All texts over these letters up to a length. */
function allTexts(letters: readonly string[], length: number): readonly string[] {
  let longest = [''];
  const all = [''];
  for (let at = 0; at < length; at++) {
    longest = longest.flatMap((text) => letters.map((letter) => text + letter));
    all.push(...longest);
  }
  return all;
}

/** Compares without the long wait that `toEqual` needs for thousands of items. */
const areSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);

describe('names', () => {
  test.each<[string, readonly string[], number]>([
    ['two letters, the shorter first', ['a', 'b'], 8],
    ['letters beyond ASCII, which sort last', ['a', '~', '\u007f', 'é'], 5],
    ['letters that need two units', ['a', '日', '\ud83d\ude00'], 5],
    ['digits before letters', ['1', 'Z', 'z'], 6],
  ])('%s, stand sorted by code unit and are found there', (_, letters, length) => {
    for (const start of ['', 'segment-', 'é']) {
      const names = mixed(allTexts(letters, length).map((text) => start + text));
      const { ids, indexOf } = internSorted(names);
      expect(areSame(ids, names.toSorted())).toBe(true);
      expect(
        areSame(
          names.map(indexOf).sort((a, b) => a - b),
          [...names.keys()],
        ),
      ).toBe(true);
      expect(names.every((name) => ids[indexOf(name)] === name)).toBe(true);
      expect(indexOf(`${start}?`)).toBe(-1);
    }
  });

  test.each([3, 63, 64, 65, 127, 128, 129, 1_000])('%i of them, with repeats, count once', (count) => {
    const names = Array.from({ length: count }, (_, at) => `task-${at % Math.ceil(count / 2)}`);
    const unique = [...new Set(names)];
    const { ids, indexOf, lookup, sortedOrder } = intern(names);
    expect(ids).toEqual(unique);
    expect(unique.map(indexOf)).toEqual([...unique.keys()]);
    expect(Array.from(sortedOrder() ?? [], (at) => ids[at])).toEqual(unique.toSorted());
    expect('get' in lookup && [lookup.get('task-0'), lookup.get('task-1'), lookup.get('other')]).toEqual([
      0,
      1,
      undefined,
    ]);
    expect(['task-', 'task-00', 'other', ''].map(indexOf)).toEqual([-1, -1, -1, -1]);
  });

  test.each(['', 'a', 'aa', 'aaa', 'aaaa', 'aaaaa'])('of any letters after %j stand sorted', (start) => {
    const letters = ['\0', 'a', 'z', 'é', 'ü'];
    const names = mixed(['b', ...allTexts(letters, 3).map((text) => start + text)]);
    expect(areSame(internSorted(names).ids, names.toSorted())).toBe(true);
  });

  test('that begin alike only with the first one stand sorted', () => {
    const names = ['cart-9', ...Array.from({ length: 80 }, (_, at) => `mail-${180 - at}`), 'cart-8'];
    expect(internSorted(names).ids).toEqual(names.toSorted());
  });

  test('are looked up in a map if they are few, else in a table', () => {
    const lookup = (count: number): unknown => intern(Array.from({ length: count }, (_, at) => `n${at}`)).lookup;
    expect([lookup(63) instanceof Map, lookup(64) instanceof Map]).toEqual([true, false]);
  });

  test('and numbers, mixed, are found', () => {
    const ids: (number | string)[] = Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? at * 1e9 : `n${at}`));
    const { indexOf, ids: known } = intern(ids);
    expect(known).toEqual(ids);
    expect(ids.map(indexOf)).toEqual([...ids.keys()]);
  });

  test('repeats among the first few of many are counted once, too', () => {
    const names = ['b', 'a', 'b', ...Array.from({ length: 80 }, (_, at) => `c${at}`), 'a'];
    expect(intern(names).ids).toEqual([...new Set(names)]);
    expect(internSorted(names).ids).toEqual([...new Set(names)].sort());
  });

  test('a number is not among names', () => {
    const names: (number | string)[] = Array.from({ length: 100 }, (_, at) => `${at}`);
    expect([internSorted(names).indexOf(7), internSorted(names).indexOf('7')]).toEqual([
      -1,
      names.toSorted().indexOf('7'),
    ]);
  });

  test('10,000 of them are found, and ordered like few', () => {
    const names = mixed(Array.from({ length: 10_001 }, (_, at) => `${at % 7 === 0 ? 'é' : 'task-'}${at}`));
    const { ids, indexOf } = internSorted(names);
    expect(areSame(ids, names.toSorted())).toBe(true);
    expect(names.every((name) => ids[indexOf(name)] === name)).toBe(true);
    expect([indexOf('task-10001'), indexOf('task-'), indexOf('')]).toEqual([-1, -1, -1]);
    const star = names.slice(1).map((from) => ({ from, on: names[0] as string }));
    const order = orderWaves(names, star);
    expect(order.kind === 'waves' && order.waves.map(({ length }) => length)).toEqual([1, 10_000]);
  });

  test('any names', () => {
    const letters = fc.constantFrom('a', 'b', '-', '1', '9', 'z', '~', '\u007f', 'é', '日', '\ud83d\ude00');
    const named = fc.string({ unit: letters, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.constantFrom('', 'segment-', 'é'),
        fc.array(named, { minLength: 60, maxLength: 300 }),
        named,
        (start, ends, other) => {
          const names = ends.map((end) => start + end);
          const { ids, indexOf } = internSorted(names);
          expect(ids).toEqual([...new Set(names)].sort());
          expect(names.map((name) => ids[indexOf(name)])).toEqual(names);
          expect(indexOf(`${other}?`)).toBe(-1);
        },
      ),
    );
  });
});

describe('numbers', () => {
  test.each<[string, number[]]>([
    ['close together', [7, 3, 3, 12, 0]],
    ['as far apart as one table takes', [1_024 + 8 * 3, 0, 5]],
    ['further apart', [1_024 + 8 * 3 + 1, 0, 5]],
    ['far apart', [7, 3, 9_007_199_254_740_991, 12]],
    ['below nothing', [7, -3, 12, -3]],
    ['with fractions', [7, 3.5, 3, 12]],
    ['none', []],
  ])('%s stand by size', (_, numbers) => {
    const { ids, indexOf } = internSorted(numbers);
    expect(ids).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers.map((number) => ids[indexOf(number)])).toEqual(numbers);
    expect([6, -1, 2.5, 1e12].map(indexOf)).toEqual([-1, -1, -1, -1]);
  });

  test('share a table if they lie close together, from 0 on', () => {
    const isTable = (numbers: number[]): boolean => intern(numbers).lookup instanceof Int32Array;
    expect([[1_024 + 8 * 3, 0, 5], [1_024 + 8 * 3 + 1, 0, 5], [0], [-1], [0.5]].map(isTable)).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });

  test('many and far apart, they stand by size', () => {
    const numbers = Array.from({ length: 100 }, (_, at) => ((at * 37) % 100) * 1e9);
    const { ids, indexOf } = internSorted(numbers);
    expect(ids).toEqual(numbers.toSorted((a, b) => a - b));
    expect(numbers.map((number) => ids[indexOf(number)])).toEqual(numbers);
  });

  test('close together they share a table of positions plus one, in sorted order', () => {
    const { ids, lookup, sortedOrder } = intern([5, 2, 5, 3]);
    expect(ids).toEqual([2, 3, 5]);
    expect(sortedOrder()).toBeUndefined();
    expect(Array.from(lookup as Int32Array)).toEqual([0, 0, 1, 2, 0, 3]);
  });

  test('from a set or a generator count like those of a list', () => {
    function* ids() {
      yield* [5, 2, 5];
    }
    expect(internSorted(ids()).ids).toEqual([2, 5]);
    expect(internSorted(new Set([5, 2])).ids).toEqual([2, 5]);
  });
});
