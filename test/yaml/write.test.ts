import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readYaml } from '../../src/yaml/read.ts';
import { writeYaml } from '../../src/yaml/write.ts';

const reread = (value: unknown): unknown => {
  const read = readYaml(writeYaml(value), { maxBytes: 1_000_000 });
  return read.kind === 'read' ? read.value : read.faults;
};

test('texts, blocks and lists read as people would write them', () => {
  const value = {
    title: 'A cart',
    priority: 1,
    files: ['src/cart.ts', 'test/**'],
    criteria: ['An empty cart costs nothing', { 'CART-2': 'It says so: always' }],
    body: 'First line\n\n  indented\nlast\n',
    no: 'no',
    number: '12',
    empty: '',
    bell: 'a\u0007b',
  };
  expect(writeYaml(value)).toMatchInlineSnapshot(`
    "title: A cart
    priority: 1
    files: [src/cart.ts, test/**]
    criteria:
      - An empty cart costs nothing
      - CART-2: "It says so: always"
    body: |
      First line

        indented
      last
    no: no
    number: "12"
    empty: ""
    bell: "a\\ab"
    "
  `);
  expect(reread(value)).toEqual(value);
});

test('a long text with a line of one space is read as it was written', () => {
  const value = { text: `\0\n${'long '.repeat(12)}\nnull\n \n...\n` };
  expect(reread(value)).toEqual(value);
});

const word = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\r',
    ' ',
    '\t',
    '',
    ' a\n',
    '\n\n',
    '\0',
    'a line of some length, for what is written over several lines',
    '- a',
    '# b',
    'a: b',
    '? c',
    '---',
    '...\n',
    '\ta',
    'a \nb',
    '~',
    'null',
    '0x1',
    '\u0085',
    '\ufeffx',
    '|',
    '> a',
    '  a\nb',
    '\n a',
  ),
);

test('any text is read as it was written', () => {
  fc.assert(
    fc.property(
      fc.record({
        a: word,
        b: fc.array(word),
        c: fc.record({ d: fc.array(word, { minLength: 2 }).map((words) => words.join('\n')) }),
      }),
      (value) => {
        expect(reread(value)).toEqual(value);
      },
    ),
    { numRuns: 1000 },
  );
});
