/**
 * Proof that no text takes hours. Hostile texts are made to blow up a reader that is quadratic or worse; a linear one needs
 * about a second. The processor's time is measured and not the clock's, which depends on what else the machine is doing.
 */
import { expect } from 'vitest';

/** Not a bound on speed: a hostile text is made to take hours. */
const HOSTILE_CPU_MS = 60_000;

/** Runs the work and expects it to have used little of the processor. */
export function expectSoon<Result>(work: () => Result, mostMs = HOSTILE_CPU_MS): Result {
  const before = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1_000, 'milliseconds of processor time').toBeLessThan(mostMs);
  return result;
}

/** Below this, a ratio of two times says nothing. */
const NOISE_CPU_MS = 60;
/** A reader that is linear takes twice as long for twice the text; one that is quadratic takes four times as long. */
const MOST_TIMES = 2.5;
const ROUNDS = 8;

function cpuMs(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * Expects the work to take time in proportion to the size of its text, up to 64 KiB. Another program on the machine can make
 * any one measurement slow, so the best of several pairs counts: for a quadratic reader, each of them is near four.
 */
export function expectLinear(read: (text: string) => unknown, textOf: (size: number) => string): void {
  const [whole, half] = [textOf(64 * 1024), textOf(32 * 1024)];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const wholeMs = cpuMs(() => read(whole));
    if (wholeMs <= NOISE_CPU_MS) return;
    const ratio = wholeMs / cpuMs(() => read(half));
    if (ratio < MOST_TIMES) return;
    ratios.push(ratio);
  }
  expect.fail(`64 KiB take ${ratios.map((each) => each.toFixed(1)).join(', ')} times as long as half of it`);
}

/** The piece, again and again, up to this size. */
export const filled = (piece: string, size: number): string =>
  piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

/** Pieces of Markdown that readers have been slow at. */
export const HOSTILE_MARKDOWN: Readonly<Record<string, (size: number) => string>> = {
  ...Object.fromEntries(
    [
      ...[
        '[',
        ']',
        '(',
        '[a](',
        '![',
        '`',
        '` ``',
        '`a\n',
        '*',
        '*a ',
        '_a ',
        '*_',
        '~',
        '~~a ',
        '>',
        '> ',
        '> > a\n',
        '- ',
      ],
      ...[
        '1. ',
        '- [ ] a\n',
        '- [x] #1\n',
        '<',
        '<a ',
        '<!--',
        '<!-- -',
        '<!---->',
        '<div>\n',
        '<![CDATA[',
        '<?',
        '```\n',
      ],
      ...[
        '~~~~\n```\n',
        '# ',
        '# a\n',
        'a\n=\n',
        '|a',
        '|a|b|\n|-|-|\n',
        '-',
        '---\n',
        '\t',
        '\n',
        '\r',
        '\r\n',
        ' \n',
        '#1, ',
      ],
      ...[
        'Depends on #1\n',
        'Depends on ',
        'src/a.ts ',
        'https://',
        'a/',
        'a.',
        '@a ',
        '&amp;',
        '\\',
        '\u200b',
        'a\u0301',
      ],
      ...[
        '### Files\n\na\n\n',
        '[a]: b\n',
        '[^a]',
        '>     a\n',
        '    a\n',
        '***a',
        'a@b.c ',
        'a',
        '<details><summary>',
      ],
    ].map((piece) => [JSON.stringify(piece), (size: number) => filled(piece, size)]),
  ),
  'spaces inside of a line': (size) => `a${filled(' ', size - 2)}b`,
  'spaces inside of a heading': (size) => `# a${filled(' ', size - 4)}b`,
  'number signs inside of a heading': (size) => `# a ${filled('#', size - 5)}b`,
  'backticks in runs that grow': (size) => {
    let text = '';
    for (let run = 1; text.length < size; run++) text += `${'`'.repeat(run % 300)}a`;
    return text.slice(0, size);
  },
  'stairs of lists': (size) => {
    let text = '';
    for (let step = 0; text.length < size; step++) text += `${' '.repeat(step)}- a\n`;
    return text.slice(0, size);
  },
  'a long list in a front matter': (size) => `---\nfiles: [${filled('a, ', size - 20)}]\n---\na`,
  'a front matter of brackets': (size) => `---\nfiles: ${filled('[', size - 20)}\n---\na`,
  'a front matter that never ends': (size) => `---\n${filled('a: b\n', size - 4)}`,
  'a front matter of many keys': (size) =>
    `---\n${Array.from({ length: size / 10 }, (_, at) => `k${at}: a`)
      .join('\n')
      .slice(0, size - 16)}\n---\na`,
  'a front matter of many dependencies': (size) =>
    `---\ndepends-on: [${Array.from({ length: size / 6 }, (_, at) => at)
      .join(', ')
      .slice(0, size - 30)}]\n---\na`,
};
