/**
 * Plain English, held by three counts: sentences that open with a question word, forms of `who` that need a second
 * reading, and stilted words. Numbers are a fence and not the aim; a sentence can pass all three and still be bad.
 */
import { describe, expect, it } from 'vitest';
import { read, sourcesIn } from './sources.ts';

interface Count {
  readonly words: number;
  readonly sentences: number;
  /** Sentences that open with a question word and are no question. */
  readonly openers: readonly string[];
  readonly who: readonly string[];
  readonly stilted: readonly string[];
}

const OPENER = /^(?:what|who|whose|whom|whoever|whatever|whether|where|which|wherever)\b/i;
const WHO = /\b(?:whoever|whomever|whom|whose)\b/gi;
const STILTED =
  /\b(?:anew|mend(?:s|ed|ing)?|besides|(?:is|are|was|were) told|told by|passed over|put off|without end|a blank|blanks|goes on|no more|by (?:itself|themselves)|of its own accord|thereof|hitherto)\b/gi;

const count = (text: string): Count => {
  const sentences = text
    .split(/(?<=[.!?:])\s+|\n\s*\n/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /^[A-Za-z'"]/.test(sentence) && sentence.split(/\s+/).length >= 4);
  return {
    words: text.split(/\s+/).length,
    sentences: sentences.length,
    openers: sentences.filter((sentence) => OPENER.test(sentence) && !/\?/.test(sentence)),
    who: text.match(WHO) ?? [],
    stilted: text.match(STILTED) ?? [],
  };
};

/** Comments without code, tags and list markers. */
const commentsOf = (text: string): string =>
  [...text.matchAll(/\/\*\*?([\s\S]*?)\*\/|(?:^|\s)\/\/ (.*)$/gm)]
    .map(([, block, line]) => (block ?? line ?? '').replace(/^\s*\* ?/gm, ' '))
    .join('\n\n')
    .replace(/`[^`]*`/g, 'X')
    .replace(/@\w+/g, ' ');

/** Texts of several words: the sentences of `words`. */
const textsOf = (text: string): string =>
  [...text.matchAll(/'((?:[^'\\\n]|\\.){12,})'|`((?:[^`\\]|\\.){12,})`/g)]
    .map(([, quoted, template]) => quoted ?? template ?? '')
    .filter((each) => each.includes(' '))
    .join('.\n\n');

const proseOf = (text: string): string =>
  text
    .replace(/```[\s\S]*?```/g, '')
    .replace(/`[^`]*`/g, 'X')
    .replace(/\|/g, '.\n\n');

const faults = ({ words, sentences, openers, who, stilted }: Count): readonly string[] => {
  const found: string[] = [];
  if (openers.length > sentences * 0.02) found.push(`openers: ${openers.slice(0, 20).join(' / ')}`);
  if (who.length > (words * 3) / 10_000) found.push(`who: ${who.join(', ')}`);
  if (stilted.length > (words * 6) / 10_000) found.push(`stilted: ${stilted.join(', ')}`);
  return found;
};

const sources = sourcesIn(['src'], ['.ts']);
const pages = [...sourcesIn(['docs'], ['.md']), { path: 'README.md', text: read('README.md') }];
const textIn = (files: readonly { readonly text: string }[], extract: (text: string) => string): string =>
  files.map(({ text }) => extract(text)).join('\n\n');

describe('plain English', () => {
  it.each([
    ['comments', textIn(sources, commentsOf)],
    [
      'words',
      textIn(
        sources.filter(({ path }) => path.startsWith('src/words/')),
        textsOf,
      ),
    ],
    ['docs', textIn(pages, proseOf)],
  ])('in %s', (_, text) => {
    const counted = count(text);
    expect(counted.sentences).toBeGreaterThan(100);
    expect(faults(counted)).toEqual([]);
  });

  it('is missed where it is missing', () => {
    const plain = 'This sentence says plainly what it does. '.repeat(40);
    expect(faults(count(plain))).toEqual([]);
    expect(faults(count(`${plain}What is told here is odd. Whoever comes may go.`))).toEqual([
      expect.stringContaining('openers'),
      expect.stringContaining('who'),
      expect.stringContaining('stilted'),
    ]);
    expect(faults(count(`${plain}What do you want to run?`))).toEqual([]);
  });
});
