/** YAML that other people wrote: what is read, what is refused and why, and that no text takes long. */
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { oncePerText, readYaml, type YamlOptions } from '../../src/yaml/read.ts';
import { expectLinear, expectSoon, filled } from '../cpu.ts';

const KIB = 1024;
const LIMIT = { maxBytes: 64 * KIB };
const faults = (text: string, options: YamlOptions = LIMIT) => {
  const read = readYaml(text, options);
  return read.kind === 'refused' ? read.faults.map(({ kind, line, column }) => `${kind} ${line}:${column}`) : 'read';
};
const value = (text: string, options: YamlOptions = LIMIT): unknown => {
  const read = readYaml(text, options);
  return read.kind === 'read' ? JSON.parse(JSON.stringify(read.value)) : read;
};

describe('a text', () => {
  test('is read by the core schema', () => {
    expect(value('a: yes\nb: [1, 0x10, ~, true]\nc:\n  - d: "e"\n')).toEqual({
      a: 'yes',
      b: [1, 16, null, true],
      c: [{ d: 'e' }],
    });
    expect(value('')).toBeNull();
    expect(value('# nothing\n')).toBeNull();
    expect(value('a: |\n  {{{{ [ [ - - - ? ? ?\n')).toEqual({ a: '{{{{ [ [ - - - ? ? ?\n' });
  });

  test('has no prototype to pollute', () => {
    const read = readYaml('__proto__: {x: 1}\na: b\n', LIMIT);
    const found = read.kind === 'read' ? (read.value as Record<string, unknown>) : {};
    expect(Object.getPrototypeOf(found)).toBeNull();
    expect(Object.keys(found)).toEqual(['__proto__', 'a']);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test('says where its values are', () => {
    const read = readYaml('a: 1\nb:\n  c: 2\n', LIMIT);
    expect(read.kind === 'read' && read.lineOf(10)).toEqual({ line: 3, column: 3 });
  });

  test.each([
    ['is larger than its reader allows', filled('a: b\n', 2 * KIB), ['too large 1:1'], { maxBytes: KIB }],
    ['is nested too deeply in brackets', `a: ${'['.repeat(40)}`, ['too deep 1:36'], LIMIT],
    ['is nested too deeply in one line', '- '.repeat(40), ['too deep 1:65'], LIMIT],
    ['is nested too deeply in keys of keys', '? '.repeat(40), ['too deep 1:65'], LIMIT],
    [
      'is nested too deeply in lines',
      Array.from({ length: 40 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
      ['too deep 34:34'],
      LIMIT,
    ],
    ['has too many parts', filled('- a\n', 60 * KIB), ['too many parts 5121:1'], LIMIT],
    ['has an alias', 'a: &x 1\nb: *x\n', ['alias 2:4'], LIMIT],
    ['has an alias in a key', '*x : 1\n', ['key 1:1'], LIMIT],
    ['has a list for a key', '? [a]\n: b\n', ['key 1:3'], LIMIT],
    ['has a key twice', 'a: 1\nb: 2\na: 3\n', ['repeated key 3:1'], LIMIT],
    ['has two documents', 'a: 1\n---\nb: 2\n', ['documents 2:1'], LIMIT],
    ['has a tag', 'a: !x 1\n', ['syntax 1:4'], LIMIT],
    ['is no YAML', 'a: b: c\n', ['syntax 1:4'], LIMIT],
  ])('that %s is refused', (_, text, found, options) => {
    expect(faults(text, options)).toEqual(found);
  });

  test('may repeat a key or an alias where its reader says so', () => {
    expect(value('a: 1\na: 2\n', { ...LIMIT, repeatedKeys: 'last' })).toEqual({ a: 2 });
    expect(value('a: &x [1]\nb: *x\nc: *y\n', { ...LIMIT, aliases: 'share' })).toEqual({ a: [1], b: [1] });
  });
});

/** A bomb: ten lines that stand for 9 to the power of 12 words. */
const BOMB = `b0: &b0 [x]\n${Array.from({ length: 12 }, (_, at) => `b${at + 1}: &b${at + 1} [${Array(9).fill(`*b${at}`).join(', ')}]`).join('\n')}\n`;

const HOSTILE: Readonly<Record<string, (size: number) => string>> = {
  ...Object.fromEntries(
    [
      ...[
        '[',
        '{',
        '{a: ',
        '? ',
        '- ',
        ': ',
        ':',
        '"',
        "'",
        ',',
        '&a ',
        '!a ',
        '*a ',
        '}',
        ']',
        '|\n',
        '@\n',
        '%a\n',
        '?\n',
        '#\n',
      ],
      ...[
        '\n',
        '\r\n',
        ' ',
        '\t',
        '---\n',
        '...\n',
        'a: b: c\n',
        '- a\nb\n',
        'a: 1\n',
        '<<: a\n',
        '? a\n: b\n',
        'a\n',
        '\ufeff',
      ],
      ...['- a\n#\n', '- - a\n', '[a, ', '{a: b, ', '"\\x41', 'a: |\n', '&a !b ', '- &a x\n- *a\n'],
    ].map((piece) => [JSON.stringify(piece), (size: number) => filled(piece, size)]),
  ),
  'many keys': (size) =>
    Array.from({ length: size / 9 }, (_, at) => `k${at}: 1`)
      .join('\n')
      .slice(0, size),
  'many keys in brackets': (size) =>
    `{${Array.from({ length: size / 10 }, (_, at) => `k${at}: 1`)
      .join(', ')
      .slice(0, size - 2)}}`,
  'closed brackets': (size) => '['.repeat(size / 2) + ']'.repeat(size / 2),
  'a long key': (size) => `${filled('a', size - 3)}: 1`,
  'a long text': (size) => `a: ${filled('b ', size - 3)}`,
  'a text with escapes': (size) => `a: "${filled('\\x41', size - 5)}"`,
  'a text with line ends': (size) => `a: "${filled(' \n', size - 5)}"`,
  'a block with empty lines': (size) => `a: |\n${filled('\n', size - 5)}`,
  stairs: (size) => {
    let text = '';
    for (let step = 0; text.length < size; step++) text += `${' '.repeat(step)}a:\n`;
    return text.slice(0, size);
  },
  'a bomb': () => BOMB,
};

describe('no text takes more than its size', () => {
  test.each(Object.keys(HOSTILE))('%s', (name) => {
    const textOf = HOSTILE[name] ?? (() => '');
    // Some are refused for their parts. These sizes are on both sides of that.
    for (const scale of [1, 1 / 2, 1 / 4]) {
      expectLinear(
        (text) => readYaml(text, LIMIT),
        (size) => textOf(Math.floor(size * scale)),
      );
      expectSoon(() => readYaml(textOf(64 * KIB * scale), LIMIT), 2_000);
    }
    expectLinear((text) => readYaml(text, { ...LIMIT, aliases: 'share', repeatedKeys: 'last' }), textOf);
  });

  test('and a config neither', () => {
    for (const textOf of Object.values(HOSTILE))
      expectSoon(() => readConfig(textOf(64 * KIB - 64), 'swarm.yml'), 2_000);
  });
});

describe('a reader that remembers', () => {
  test('reads each text once, and forgets the oldest', () => {
    const read: string[] = [];
    const once = oncePerText((text) => {
      read.push(text);
      return text === 'nothing' ? undefined : { text };
    }, 2);
    const first = once('a');
    expect(once('a')).toBe(first);
    once('nothing');
    once('nothing');
    once('b');
    once('a');
    expect(read).toEqual(['a', 'nothing', 'b', 'a']);
  });

  test('is the config’s: a look does not read it again', () => {
    const text = 'agent: claude\nmax-parallel: 3\n';
    expect(readConfig(text, '.github/swarm.yml')).toBe(readConfig(`${text}`, '.github/swarm.yml'));
    expect(readConfig(text, '.github/swarm.yaml')).not.toBe(readConfig(text, '.github/swarm.yml'));
    expect(readConfig(`${text}#`, '.github/swarm.yml')).not.toBe(readConfig(text, '.github/swarm.yml'));
  });
});
