/** What an issue says that it waits for, in the ways that people say it (SPEC R1.3, R1.9). */
import { describe, expect, test } from 'vitest';
import { type IssueRef, issueNumber } from '../../../src/core/model/epic.ts';
import { readDependencies } from '../../../src/core/text/dependencies.ts';
import { linesOf, readableLines, refText } from '../../../src/core/text/markdown.ts';

const linesIn = (...texts: readonly string[]) => readableLines(linesOf(texts.join('\n')));
const ref = (number: number): IssueRef => ({ number: issueNumber(number) });

describe('dependencies', () => {
  /** `2: #12` for each dependency, and `2: ? #0` for each text that names no issue. */
  const waitsFor = (...texts: readonly string[]): readonly string[] => {
    const { found, faults } = readDependencies(linesIn(...texts));
    return [
      ...found.map((each) => `${each.line}: ${refText(each.ref)}`),
      ...faults.map(({ number, text }) => `${number}: ? ${text}`),
    ];
  };

  test.each([
    'Depends on #12',
    'depend on #12',
    'DEPENDS ON #12',
    'Depends-on: #12',
    'depend-on #12',
    'Blocked by #12',
    'blocked-by: #12',
    'Depends on : #12',
    'Depends on\t#12',
    '**Depends on:** #12',
    '__Blocked by__ #12',
    '*Depends on #12*',
    '_Depends on #12_',
    '  Depends on #12',
    '- Depends on #12',
    '* Depends on #12',
    '+ Depends on #12',
    '- [ ] Depends on #12',
    '- [x] **Depends on** #12',
    '[X] depends on #12',
    '[ ]depends on #12',
    '1. Depends on #12',
    '123456789) Blocked by: #12',
    '1. [ ] Blocked by: #12',
    '1.   Depends on #12',
    '## Depends on #12',
    'Depends on#12',
    'Depends  on #12',
    'Depends on (#12)',
    'Depends: #12',
    'Depends on issue #12',
    'Depends on GH-12',
    'Depends on gh-12',
    'Depends on：#12',
    'Depends on → #12',
    'Depends on the cart (#12)',
    'Depends on the cart API #12',
    '| Depends on | #12 |',
    '|Blocked by|#12|',
    '🔗 Depends on #12',
    '- 🔗 **Depends on:** #12',
    '- [ ] ⛔ Blocked by #12',
    '`Depends on:` #12',
    '- `Blocked by` #12',
    'Dependencies: #12',
    'Prerequisite: #12',
    'Waiting for #12',
    'Waits on #12',
    'Requires #12',
    'Needs #12.',
    'After #12',
    'Starts after #12',
    'Once #12',
    '####### Depends on #12',
    'Hängt ab von #12',
    'Hängt von #12 ab',
    '- Abhängig von: #12',
    'Blockiert durch #12',
    'Wartet auf #12',
    'Depende de #12.',
    '**Bloqueado por** #12',
    'Dépend de #12',
    'Bloquée par #12',
    'Dipende da #12',
    'Hangt af van #12',
    'Zależy od #12',
    'Зависит от #12',
    'Abhängigkeiten: #12',
    '依存：#12',
    'h3. Depends on #12',
    'Prereqs: #12',
    'Depends on #12 (the API)',
    'Depends on #12 (see #13)',
    'Depends on #12, as in #13',
  ])('%j names one', (line) => {
    expect(waitsFor('a', '', line)).toEqual(['3: #12']);
  });

  test.each([
    'It depends on #12',
    'not blocked by #12',
    '#12',
    'Dependson #12',
    'Depends onocto/shop#12',
    'Depends only #12',
    'Blocked bye #12',
    'Depend_on #12',
    'Depends on the one that is #12',
    '1.Depends on #12',
    '1234567890. Depends on #12',
    '[y] Depends on #12',
    '[  ] Depends on #12',
    '"Depends on #12"',
  ])('%j names none', (line) => {
    expect(waitsFor('a', '', line)).toEqual([]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['several on a line', ['Depends on #12, octo/mail#13 and #14'], ['1: #12', '1: octo/mail#13', '1: #14']],
    ['one on each of two lines', ['Depends on #12', 'Blocked by #13'], ['1: #12', '2: #13']],
    ['of one on a line, the list below does not count', ['Depends on #12', '- #13'], ['1: #12']],
    [
      'a list',
      ['Depends on:', '- #12', '* #13', '+  #14', '1. #15', '  12) #16'],
      ['2: #12', '3: #13', '4: #14', '5: #15', '6: #16'],
    ],
    ['a list with empty lines', ['Depends on', '', '- #12', '', '- #13'], ['3: #12', '5: #13']],
    ['a list with boxes', ['Depends on', '- [ ] #12', '- [x] #13', '-  [X]  #14'], ['2: #12', '3: #13', '4: #14']],
    [
      'a list with words behind its references',
      ['Depends on', '- #12 the cart #13', '- the mail #14'],
      ['2: #12', '3: #14'],
    ],
    ['a list up to a line that is no item', ['Depends on', '- #12', 'and', '- #13'], ['2: #12']],
    [
      'a list with comments',
      ['Depends on', '<!-- which? -->', '- #12', '<!-- more? -->', '- #13'],
      ['3: #12', '5: #13'],
    ],
    ['a list with an indented comment', ['Depends on', '- #12', '    <!-- more? -->', '- #13'], ['2: #12', '4: #13']],
    ['a list up to code', ['Depends on', '- #12', '`and`', '- #13'], ['2: #12']],
    ['a list that begins after words', ['Depends on', 'these:', '- #12'], []],
    ['a list up to an item without a space', ['Depends on', '-#12', '- #13'], []],
    ['a list up to a number of ten digits', ['Depends on', '1234567890. #12', '- #13'], []],
    ['a list up to a heading', ['Depends on', '- #12', '# More', '- #13'], ['2: #12']],
    [
      'a section',
      ['## Depends on', '#12', '', '- #13', 'words #14', '- [ ] #15'],
      ['2: #12', '4: #13', '5: #14', '6: #15'],
    ],
    ['a section with one in its heading', ['## Depends on #12', '- #13'], ['1: #12', '2: #13']],
    ['a section up to the next heading', ['# Depends on', '#12', '### More', '#13'], ['2: #12']],
    ['a section after another', ['# Depends on', '#12', '# Blocked by', '#13'], ['2: #12', '4: #13']],
    ['a section up to a phrase', ['# Depends on', '#12', 'Depends on #13', '#14'], ['2: #12', '3: #13']],
    ['a line below seven hashes', ['####### Depends on', '#12', '', '#13'], ['2: #12']],
    ['a line below hashes without a space', ['##Depends on', '#12', 'words', '- #13'], ['2: #12']],
    [
      'texts that name no issue',
      ['Depends on #0, #12, #1x', '', 'Blocked by:', '- #-5'],
      ['1: #12', '1: ? #0', '1: ? #1x', '4: ? #-5'],
    ],
    [
      'an issue of another repository behind a link',
      ['Depends on [it](https://github.com/a/b/issues/12)'],
      ['1: a/b#12'],
    ],
    ['a slash', ['Depends on #11/#12'], ['1: #11', '1: #12']],
    ['an "or"', ['Blocked by #11 or #12'], ['1: #11', '1: #12']],
    ['a comma at the end of the line', ['Depends on #11,', 'and #12', 'and more'], ['1: #11', '2: #12']],
    ['an "and" in the next line', ['Depends on #11', 'and #12', '#13'], ['1: #11', '2: #12']],
    ['three lines', ['Depends on #11,', '#12,', '#13', '#14'], ['1: #11', '2: #12', '3: #13']],
    ['a comma before an empty line', ['Depends on #11,', '', '#12'], ['1: #11']],
    ['a bold line', ['**Depends on**', '', '#11', '', '#12'], ['3: #11']],
    ['a bold line with a list', ['**Blocked by:**', '', '- #11', '- the till (#12)'], ['3: #11', '4: #12']],
    ['an underlined heading', ['Blocked by', '---', '', '#11', '', '#12'], ['4: #11', '6: #12']],
    ['an HTML heading', ['<h3>Depends on</h3>', '', '#11'], ['3: #11']],
    ['a section with bold lines in it', ['## Depends on', '**The cart**', '- #11'], ['3: #11']],
    ['a noun as a heading', ['## Dependencies', '', '- #11', '- lodash'], ['3: #11']],
    ['a table below a cell', ['| Depends on |', '|---|', '| #11 |'], ['3: #11']],
    ['none in an empty text', [], []],
  ])('%s', (_, texts, found) => {
    expect(waitsFor(...texts)).toEqual(found);
  });

  /** `2 no issue` for each line that looks like a dependency and is none. */
  const doubts = (...texts: readonly string[]): readonly string[] =>
    readDependencies(linesIn(...texts)).unread.map(({ number, why }) => `${number} ${why}`);

  test.each<[string, readonly string[], readonly string[]]>([
    ['words instead of an issue', ['Depends on the cart API'], ['1 no issue']],
    ['words behind a colon', ['blocked by: the legal team'], []],
    ['words behind a colon in an item', ['- blocked by: the legal team'], ['1 no issue']],
    ['a number without a hash', ['Depends on 12'], ['1 no issue']],
    ['an issue in code', ['Depends on `#12`'], ['1 no issue']],
    ['a mention', ['Depends on the one that is #12'], ['1 no issue']],
    ['a heading over words', ['## Depends on', '', 'The cart.'], ['1 no issue']],
    ['a label over a list of words', ['Depends on:', '- the cart', '- the till'], ['1 no issue']],
    ['a label over words', ['Depends on:', 'the cart'], ['1 no issue']],
    ['an item that mentions an issue', ['Depends on:', '- #11', '- what comes of #12 there'], ['3 unclear']],
    ['a story', ['After #12 we decided to wait.'], ['1 unclear']],
    ['a requirement with an issue', ['Requires the cart (#12)'], ['1 unclear']],
    ['the other direction', ['Blocks #12'], ['1 other direction']],
    ['a sentence', ['The cart depends on #12.'], ['1 in a sentence']],
    ['a sentence on this issue', ['This issue is blocked by #12.'], ['1 in a sentence']],
    ['a sentence with other reasons', ['This is blocked by the legal review and by #12.'], ['1 in a sentence']],
    ['a sentence with what waits', ['The page is waiting for the API of #12.'], ['1 in a sentence']],
    ['a sentence that denies it', ['This is no longer blocked by the review of #12.'], []],
    ['a reason in the sentence before', ['It is blocked by lawyers. See #12.'], []],
    ['a sentence with a condition', ['It can start as soon as #11 and #12 are merged.'], ['1 in a sentence']],
    ['a sentence with a time', ['Do it once #12 lands.'], ['1 in a sentence']],
    ['an order', ['Do not start before #12.'], ['1 in a sentence']],
    ['an order to come later', ['It should come after #12.'], ['1 in a sentence']],
    ['another issue in words', ['Depends on #11 for the API and #12 for the page.'], ['1 unclear']],
    ['no other issue in brackets', ['Depends on #11 for the API (and #12).'], []],
    ['a sentence that tells a story', ['We saw it after #12 in June.'], []],
    ['words of another language', ['Hängt ab von der Kasse'], ['1 no issue']],
    ['a sentence with another repository', ['The cart is blocked by octo/mail#12.'], ['1 in a sentence']],
    ['a column', ['| Task | Depends on |', '|---|---|', '| the cart | #12 |'], ['1 in a table']],
  ])('may be meant by %s', (_, texts, expected) => {
    expect(doubts(...texts)).toEqual(expected);
    expect(waitsFor(...texts).filter((each) => each.includes('#12'))).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['an empty label', ['**Depends on:**', '', 'The cart has a total.']],
    ['an empty heading', ['## Depends on', '', '## Task', 'It.']],
    ['none', ['Depends on: none', '', 'Depends on nothing else.']],
    ['no answer', ['### Blocked by', '', '_No response_']],
    ['a dash', ['**Blocked by**: –']],
    ['a comment', ['## Depends on', '<!-- which issues? -->']],
    ['a list of packages', ['## Dependencies', '- lodash 4', '- express']],
    ['what a program needs', ['Requires Node 24.', 'Needs a cart.', 'After a payment the cart is empty.']],
    ['a sentence that goes on', ['The total', 'depends on the tax.']],
    ['a denial', ['It is no longer blocked by #12.', 'The cart does not depend on #12, not blocked by #12.']],
    ['a dependency that is read', ['Depends on #12 since it is the base.']],
    ['a task with a dependency of its own', ['- [ ] #13 depends on #12']],
    ['what is crossed out', ['~~Depends on #12~~']],
  ])('are not meant by %s', (_, texts) => {
    expect(doubts(...texts)).toEqual([]);
  });

  test('that cannot be read are told up to ten', () => {
    expect(doubts(...Array.from({ length: 12 }, () => '- Blocked by the legal team'))).toHaveLength(10);
  });

  test('come with their line, of which 120 characters are quoted', () => {
    const long = `  Depends on #12 ${'a'.repeat(200)}`;
    expect(readDependencies(linesIn('a', long)).found).toEqual([
      { ref: ref(12), line: 2, text: long.trim().slice(0, 120) },
    ]);
    expect(readDependencies(linesIn('Depends on', '  - #12 ')).found).toEqual([
      { ref: ref(12), line: 2, text: '- #12' },
    ]);
  });
});

describe('what stands among dependencies and names no issue', () => {
  test.each<[readonly string[], readonly number[]]>([
    [
      ['Dependencies:', '- #12', '- the lawyers', '- react 19'],
      [3, 4],
    ],
    [['## Dependencies', '', '#12', 'More words.'], []],
    [['## Dependencies', '', 'react 19'], [1]],
    [['## Dependencies', '', 'none'], []],
    [['## Dependencies', '', '- react 19'], [3]],
    [['Depends on:', '- none'], []],
    [['- the lawyers'], []],
  ])('%j', (texts, others) => {
    expect(readDependencies(linesIn(...texts)).others).toEqual(others);
  });
});

test('issues with words in brackets behind them are all read', () => {
  const refs = (line: string): readonly string[] =>
    readDependencies(linesIn(line)).found.map(({ ref: each }) => refText(each));
  expect(refs('Depends on: #11 (the API), #12 (the page) and octo/mail#13')).toEqual(['#11', '#12', 'octo/mail#13']);
  expect(refs('Blocked by #11 (was #10) #12')).toEqual(['#11', '#12']);
  expect(refs('Depends on #11 (the API) and the rest')).toEqual(['#11']);
});
