/** The tasks of an epic and the criteria of a segment, as people list them (SPEC R1.2, R1.6). */
import { describe, expect, test } from 'vitest';
import { type Criterion, type IssueRef, issueNumber } from '../../../src/core/model/epic.ts';
import { readCriteria, taskListIn } from '../../../src/core/text/checklist.ts';
import { linesOf, ofOwn, readableLines, refText } from '../../../src/core/text/markdown.ts';

const linesIn = (...texts: readonly string[]) => readableLines(linesOf(texts.join('\n')));
const shop = { owner: 'octo', name: 'shop' };
const ref = (number: number, owner?: string, name?: string): IssueRef => ({
  number: issueNumber(number),
  ...(owner !== undefined && name !== undefined ? { repository: { owner, name } } : {}),
});

describe('a task list', () => {
  const items = (...texts: readonly string[]) =>
    taskListIn(linesIn(...texts), shop).items.map(({ number, line, state, dependsOn }) => [
      number,
      line,
      state,
      ...dependsOn.map(refText),
    ]);

  test.each<[string, readonly (string | number)[]]>([
    ['- [ ] #12', [12, 1, 'open']],
    ['* [x] #12', [12, 1, 'met']],
    ['+ [X] #12', [12, 1, 'met']],
    ['1. [ ] #12', [12, 1, 'open']],
    ['123456789) [ ] #12', [12, 1, 'open']],
    ['   -   [ ]   #12', [12, 1, 'open']],
    ['- [ ] **#12** the cart', [12, 1, 'open']],
    ['- [ ] octo/shop#12', [12, 1, 'open']],
    ['- [ ] OCTO/Shop#12', [12, 1, 'open']],
    ['- [ ] https://github.com/octo/shop/issues/12', [12, 1, 'open']],
    ['- [ ] the cart #12', [12, 1, 'open']],
    ['- [ ] Add the cart (#12)', [12, 1, 'open']],
    ['- [x] **Cart**: #12', [12, 1, 'met']],
    ['- [ ] Cart — #12.', [12, 1, 'open']],
    ['- [ ] [Cart](https://github.com/octo/shop/issues/12)', [12, 1, 'open']],
    ['- [ ] **[Cart](https://github.com/octo/shop/issues/12)**', [12, 1, 'open']],
    ['- [ ] Cart after the till, see (#12)', [12, 1, 'open']],
    ['- [ ] GH-12 the cart', [12, 1, 'open']],
    ['- [ ] What #3 left open (#12)', [12, 1, 'open']],
    ['- [ ] The cart (#12), blocked by #3', [12, 1, 'open', '#3']],
    ['- [ ] #12 the cart (depends on: #3)', [12, 1, 'open', '#3']],
    ['- [x] #12 (depend on #3, octo/shop#4 and octo/mail#5)', [12, 1, 'met', '#3', '#4', 'octo/mail#5']],
    ['- [ ] #12 (blocked by #3)', [12, 1, 'open', '#3']],
    ['- [ ] #12 ( Blocked-By : #3 )', [12, 1, 'open', '#3']],
    ['- [ ] #12 (depends on:#3) (depends on: #4)', [12, 1, 'open', '#3']],
    ['- [ ] #12 depends on #3', [12, 1, 'open', '#3']],
    ['- [ ] #12 (it depends on #3)', [12, 1, 'open', '#3']],
    ['- [ ] #12 is not blocked by #3', [12, 1, 'open']],
    ['- [ ] #12 (depends only #3)', [12, 1, 'open']],
    ['- [ ] #12 (depends onocto/shop#3)', [12, 1, 'open']],
    ['- [ ] #12 (depends on the mail, #3)', [12, 1, 'open']],
  ])('has an item: %j', (line, item) => {
    expect(items(line)).toEqual([item]);
  });

  test.each(['- #12', '- [y] #12', '- [ ] #0', '1234567890. [ ] #12', 'a - [ ] #12', '- [ ] `#12`'])(
    'has none: %j',
    (line) => {
      expect(taskListIn(linesIn(line), shop)).toEqual({ items: [], elsewhere: [], unread: [] });
    },
  );

  /** `2 unclear` for each item that may be a task. */
  const doubts = (...texts: readonly string[]): readonly string[] =>
    taskListIn(linesIn(...texts), shop).unread.map(({ number, why }) => `${number} ${why}`);

  test.each<[string, readonly string[], readonly string[]]>([
    ['a mention', ['- [ ] Follow up on #12'], ['1 unclear']],
    ['a mention in the middle', ['- [ ] Make the cart of #12 work again'], ['1 unclear']],
    ['two that are apart', ['- [ ] Move #11 to #12'], ['1 unclear']],
    ['a comment on an issue', ['- [ ] [it](https://github.com/octo/shop/issues/2#issuecomment-3)'], ['1 unclear']],
    [
      'boxes that are not drawn',
      ['- [ ]#12', '-[ ] #12', '- [] #12', '[ ] #12'],
      ['1 broken box', '2 broken box', '3 broken box', '4 broken box'],
    ],
    ['a list without boxes', ['- #11', '- #12 the till'], ['1 no box', '2 no box']],
    ['an item without a box among tasks', ['- [ ] #11', '- #12'], ['2 no box']],
    ['a box without an issue among tasks', ['- [ ] #11', '- [ ] Write the docs', '- [ ] #12'], ['2 no issue']],
    ['a dependency without an issue', ['- [ ] #11 (depends on the till, that is #12)'], ['1 dependency unclear']],
  ])('is doubtful: %s', (_, texts, expected) => {
    expect(doubts(...texts)).toEqual(expected);
  });

  test.each<[string, readonly string[]]>([
    ['boxes of another list', ['- [ ] #11', '', 'Before release:', '- [ ] Write the docs']],
    ['boxes below another heading', ['- [ ] #11', '## Release', '- [ ] Write the docs']],
    ['steps of a task', ['- [ ] #11', '  - [ ] Write the docs', '  - the till (#12)', '  as in #13']],
    ['criteria', ['## Acceptance criteria', '- [ ] AC-1 the fault of #12 is gone', '- [ ] The cart works (#12)']],
    ['boxes of an issue that lists no task', ['- [ ] Write the docs', '- [ ] Test it']],
    ['one mention without a box', ['- #12 is related']],
    ['what is crossed out', ['- [ ] #11', '- [ ] ~~The till (#12)~~', '- [ ] ~~#13~~']],
  ])('says nothing of %s', (_, texts) => {
    expect(doubts(...texts)).toEqual([]);
  });

  test.each<[string, readonly string[], readonly (readonly (string | number)[])[]]>([
    [
      'two issues in one box',
      ['- [ ] #12 #13'],
      [
        [12, 1, 'open'],
        [13, 1, 'open'],
      ],
    ],
    [
      'two issues at the end',
      ['- [x] The cart (#12, #13)'],
      [
        [12, 1, 'met'],
        [13, 1, 'met'],
      ],
    ],
    [
      'a numbered and a nested list',
      ['1. [ ] #11', '   - [ ] The till (#12)', '* [ ] #13'],
      [
        [11, 1, 'open'],
        [12, 2, 'open'],
        [13, 3, 'open'],
      ],
    ],
    [
      'a list that is nested below words',
      ['- Carts', '  - [ ] #11', '  - [ ] Till: #12'],
      [
        [11, 2, 'open'],
        [12, 3, 'open'],
      ],
    ],
    [
      'dependencies below an item',
      ['- [ ] #11', '- [ ] The till (#12)', '  - Depends on: #11', '  **Blocked by** #9', '- [ ] #13'],
      [
        [11, 1, 'open'],
        [12, 2, 'open', '#11', '#9'],
        [13, 5, 'open'],
      ],
    ],
    [
      "GitHub's own task lists until 2024",
      [
        '```[tasklist]',
        '### Tasks',
        '- [ ] #11',
        '- [ ] https://github.com/octo/shop/issues/12',
        '- [ ] Draft',
        '```',
        '- [ ] #13',
      ],
      [
        [11, 3, 'open'],
        [12, 4, 'open'],
        [13, 7, 'open'],
      ],
    ],
    ['criteria that begin with an issue', ['## Acceptance criteria', '- [ ] #12 works'], [[12, 2, 'open']]],
  ])('has %s', (_, texts, expected) => {
    expect(items(...texts)).toEqual(expected);
  });

  test('in code is none', () => {
    expect(items('```', '- [ ] #11', '```', '```[tasklist] x', '- [ ] #12', '```')).toEqual([]);
  });

  test('is read item by item, and those of other repositories are set apart', () => {
    const long = `- [ ] #12 ${'a'.repeat(200)}`;
    const lines = linesIn('Plan:', ` ${long} `, '- [x] octo/mail#13', '- [ ] Octo2/shop#14', '- [ ] octo/shop#15');
    expect(taskListIn(lines, shop)).toEqual({
      items: [
        { number: 12, line: 2, text: long.slice(0, 120), state: 'open', dependsOn: [] },
        { number: 15, line: 5, text: '- [ ] octo/shop#15', state: 'open', dependsOn: [] },
      ],
      elsewhere: [
        { ref: ref(13, 'octo', 'mail'), line: 3, text: '- [x] octo/mail#13' },
        { ref: ref(14, 'Octo2', 'shop'), line: 4, text: '- [ ] Octo2/shop#14' },
      ],
      unread: [],
    });
    expect(
      taskListIn(
        linesIn('- [ ] octo/shop#15 (depends on octo/shop#16)', '- [ ] #1 (depends on octo/shop#2)'),
        undefined,
      ),
    ).toEqual({
      items: [
        {
          number: 1,
          line: 2,
          text: '- [ ] #1 (depends on octo/shop#2)',
          state: 'open',
          dependsOn: [ref(2, 'octo', 'shop')],
        },
      ],
      elsewhere: [{ ref: ref(15, 'octo', 'shop'), line: 1, text: '- [ ] octo/shop#15 (depends on octo/shop#16)' }],
      unread: [],
    });
  });

  test.each<[IssueRef, IssueRef]>([
    [ref(12), ref(12)],
    [ref(12, 'octo', 'shop'), ref(12)],
    [ref(12, 'Octo', 'SHOP'), ref(12)],
    [ref(12, 'octo', 'mail'), ref(12, 'octo', 'mail')],
    [ref(12, 'other', 'shop'), ref(12, 'other', 'shop')],
  ])('of octo/shop names %j as %j', (named, own) => {
    expect(ofOwn(named, shop)).toEqual(own);
    expect(ofOwn(named, { owner: 'OCTO', name: 'Shop' })).toEqual(own);
    expect(ofOwn(named, undefined)).toEqual(named);
  });
});

describe('a table or a line of issues', () => {
  const unread = (...texts: readonly string[]): readonly string[] =>
    taskListIn(linesIn(...texts), shop).unread.map(({ number, why }) => `${number} ${why}`);

  test.each<[readonly string[], readonly string[]]>([
    [
      ['| Issue | Who |', '|---|---|', '| #2 | Kim |', '| **#3** | Lee |'],
      ['3 no box', '4 no box'],
    ],
    [
      ['| Who | Issue |', '|---|---|', '| Kim | octo/mail#2 |', '| Lee | #3 |'],
      ['3 no box', '4 no box'],
    ],
    [['| #2 | Kim |'], []],
    [['| See #2 | Kim |', '| See #3 | Lee |'], []],
    [['- [ ] #4', '', '| #2 | Kim |', '| #3 | Lee |'], []],
    [
      ['Wave 1: #2, #3', '**Phase 2:** #4'],
      ['1 no box', '2 no box'],
    ],
    [
      ['Sub-issues: #2', 'Stories in work: octo/mail#3'],
      ['1 no box', '2 no box'],
    ],
    [['Related: #2', 'See: #3'], []],
  ])('is no task list, and one is expected: %j', (texts, all) => {
    expect(unread(...texts)).toEqual(all);
  });

  test.each([
    '- [ ] #3 (hängt ab von #2)',
    '- [ ] #3, depende de #2',
    '- [ ] #3 – dépend de #2',
    '- [ ] #3 (blockiert durch #2)',
  ])('and an item in another language: %s', (line) => {
    expect(taskListIn(linesIn(line), shop).items).toMatchObject([{ number: 3, dependsOn: [{ number: 2 }] }]);
  });
});

describe('acceptance criteria', () => {
  const criterion = (id: string, text: string, line: number, state: Criterion['state'] = 'open'): Criterion => ({
    id,
    text,
    line,
    state,
  });

  test.each([
    '# Acceptance criteria',
    '###### Acceptance criteria',
    '   ## acceptance criterion',
    '## ACCEPTANCE CRITERIA:',
    '## **Acceptance  criteria** ##',
    '## _Acceptance_ criteria',
    '## Acceptance_criteria',
    'Acceptance criteria',
    'Acceptance Criteria:',
    '**Acceptance Criteria**',
    '__Acceptance criteria:__',
    '**Acceptance criteria**:',
    '## 3. Acceptance criteria',
    '## 2.1 Acceptance criteria',
    '## ✅ Acceptance criteria',
    '## :white_check_mark: Acceptance criteria',
    '## Acceptance criteria (AC)',
    '## Acceptance criteria of the cart',
    '## More acceptance criteria',
    '<h3>Acceptance criteria</h3>',
    '<summary>Acceptance criteria</summary>',
    '## Definition of done',
    '## Definition of Done (DoD)',
    '## Done when',
    '## Success criteria',
    '### AC',
  ])('stand below %j', (heading) => {
    expect(readCriteria(linesIn(heading, '- [ ] One')).criteria).toEqual([criterion('C1', 'One', 2)]);
  });

  test.each([
    'The acceptance criteria',
    '## What accepts the cart',
    '## Done',
    '- Acceptance criteria',
    '## Acceptance criterium',
    '##Acceptance criteria',
    '####### Acceptance criteria',
    '    # Acceptance criteria',
  ])('do not stand below %j', (heading) => {
    expect(readCriteria(linesIn('a', heading, '- [ ] One')).criteria).toEqual([]);
  });

  test.each<[string, readonly string[], readonly Criterion[]]>([
    ['are none in an empty section', [], []],
    ['are none in words', ['words', '', 'more words'], []],
    [
      'may be met',
      ['- [x] One', '* [X] Two', '+ [ ] Three'],
      [criterion('C1', 'One', 2, 'met'), criterion('C2', 'Two', 3, 'met'), criterion('C3', 'Three', 4)],
    ],
    ['may be numbered', ['1. [ ] One', ' 2) [ ] Two'], [criterion('C1', 'One', 2), criterion('C2', 'Two', 3)]],
    ['keep their inline code', ['- [ ] `npm test` says ``ok``'], [criterion('C1', '`npm test` says ``ok``', 2)]],
    ['have no space around them', ['- [ ]    One   '], [criterion('C1', 'One', 2)]],
    ['are not crossed out', ['- [ ] ~~One~~', '- [ ] ~~One~~ Two'], [criterion('C1', '~~One~~ Two', 3)]],
    ['have words', ['- [ ]   ', '- [ ] Two'], [criterion('C1', 'Two', 3)]],
    [
      'go on in indented lines',
      ['- [ ] One', '  and', '\tmore  ', '- [ ] Two'],
      [criterion('C1', 'One and more', 2), criterion('C2', 'Two', 5)],
    ],
    ['go on with inline code', ['- [ ] One', '  `and` more'], [criterion('C1', 'One `and` more', 2)]],
    [
      'go on in a second paragraph',
      ['- [ ] One', '', '  and', '', '    more', '- [ ] Two'],
      [criterion('C1', 'One and more', 2), criterion('C2', 'Two', 7)],
    ],
    ['do not go on in a paragraph of the section', ['- [ ] One', '', 'and'], [criterion('C1', 'One', 2)]],
    [
      'go on in lines that GitHub draws in the item',
      ['- [ ] One', 'and', '  more'],
      [criterion('C1', 'One and more', 2)],
    ],
    [
      'may be the items of a list without boxes',
      ['- One', '* Two', '1. Three'],
      [criterion('C1', 'One', 2), criterion('C2', 'Two', 3), criterion('C3', 'Three', 4)],
    ],
    [
      'without boxes have all that is below them',
      ['- AC-7 The cart:', '  - adds', '  - removes', '- Two'],
      [criterion('AC-7', 'The cart: adds; removes', 2), criterion('C2', 'Two', 5)],
    ],
    [
      'may be in lists without boxes below words',
      ['The following holds:', '', '- One', '', 'And:', '- Two'],
      [criterion('C1', 'One', 4), criterion('C2', 'Two', 7)],
    ],
    [
      'may be in steps over several lines',
      ['- [ ] AC-1 **Given** a full cart', '  **When** I pay', '  **Then** it is empty'],
      [criterion('AC-1', '**Given** a full cart **When** I pay **Then** it is empty', 2)],
    ],
    [
      'may be in steps that are items',
      ['- [ ] Given a full cart', '  - When I pay', '  - Then it is empty'],
      [criterion('C1', 'Given a full cart; When I pay; Then it is empty', 2)],
    ],
    [
      'go on in nested items',
      ['- [ ] One', '  - and', '  * more', '  + most', '  x'],
      [criterion('C1', 'One; and; more; most x', 2)],
    ],
    [
      'below an underlined heading end with it',
      ['- [ ] One', '', 'More', '---', '- [ ] Two'],
      [criterion('C1', 'One', 2)],
    ],
    [
      'may be nested',
      ['- [ ] One', '  - [ ] Two', '    more'],
      [criterion('C1', 'One', 2), criterion('C2', 'Two more', 3)],
    ],
    [
      'may stand apart',
      ['- [ ] One', '', 'words', '', '- [ ] Two'],
      [criterion('C1', 'One', 2), criterion('C2', 'Two', 6)],
    ],
    [
      'go on below a deeper heading',
      ['- [ ] One', '### More', '- [ ] Two'],
      [criterion('C1', 'One', 2), criterion('C2', 'Two', 4)],
    ],
    ['end at a heading of the same level', ['- [ ] One', '## More', '- [ ] Two'], [criterion('C1', 'One', 2)]],
    ['end at a heading of a higher level', ['- [ ] One', '# More', '- [ ] Two'], [criterion('C1', 'One', 2)]],
    [
      'end at a heading, and a deeper one below it does not begin them',
      ['- [ ] One', '# More', '#### Most', '- [ ] Two'],
      [criterion('C1', 'One', 2)],
    ],
    [
      'may stand in two sections',
      ['- [ ] One', '# More', '### Acceptance criteria', '- [ ] Two', '## More', '- [ ] Three'],
      [criterion('C1', 'One', 2), criterion('C2', 'Two', 5)],
    ],
    [
      'of a nested section end with it',
      ['### Acceptance criteria', '- [ ] One', '### More', '- [ ] Two'],
      [criterion('C1', 'One', 3)],
    ],
    ['of a deeper heading’s line do not go on', ['- [ ] One', '### More', '  and'], [criterion('C1', 'One', 2)]],
  ])('%s', (_, texts, criteria) => {
    expect(readCriteria(linesIn('## Acceptance criteria', ...texts)).criteria).toEqual(criteria);
  });

  test.each<[string, string, string]>([
    ['AC-1: One', 'AC-1', 'One'],
    ['AC-1 One', 'AC-1', 'One'],
    ['**AC-1 One**', 'AC-1', 'One'],
    ['AC-1 **Given** One', 'AC-1', '**Given** One'],
    ['AC-1: **One**', 'AC-1', '**One**'],
    ['**AC-1** **One**', 'AC-1', '**One**'],
    ['AC-1. One', 'AC-1', 'One'],
    ['AC-1 – One', 'AC-1', 'One'],
    ['AC-1 — One', 'AC-1', 'One'],
    ['AC-1 - One', 'AC-1', 'One'],
    ['AC-1 \t: One', 'AC-1', 'One'],
    ['REQ2-123456: One', 'REQ2-123456', 'One'],
    ['**AC-1** One', 'AC-1', 'One'],
    ['**AC-1:** One', 'AC-1', 'One'],
    ['__AC-1__: One', 'AC-1', 'One'],
    ['__AC-1.__ One', 'AC-1', 'One'],
    ['[AC-1] One', 'AC-1', 'One'],
    ['(AC-1) One', 'AC-1', 'One'],
    ['`AC-1` One', 'AC-1', 'One'],
    ['AC-1: `One`', 'AC-1', '`One`'],
    ['A-1 One', 'A-1', 'One'],
    ['A123456789012345-1 One', 'A123456789012345-1', 'One'],
    ['A1234567890123456-1 One', 'C1', 'A1234567890123456-1 One'],
    ['AC-1', 'C1', 'AC-1'],
    ['AC-1:', 'C1', 'AC-1:'],
    ['AC-1234567 One', 'C1', 'AC-1234567 One'],
    ['AC-1-2 One', 'C1', 'AC-1-2 One'],
    ['AC-1a One', 'C1', 'AC-1a One'],
    ['AC-1_2 One', 'C1', 'AC-1_2 One'],
    ['ac-1 One', 'C1', 'ac-1 One'],
    ['1C-1 One', 'C1', '1C-1 One'],
    ['The AC-1: One', 'C1', 'The AC-1: One'],
    ['AC1 One', 'C1', 'AC1 One'],
  ])('%j has the id %s', (line, id, text) => {
    expect(readCriteria(linesIn('# Acceptance criteria', `- [ ] ${line}`)).criteria).toEqual([criterion(id, text, 2)]);
  });

  /** `2 no items` for each place that gave no criteria. */
  const doubts = (...texts: readonly string[]): readonly string[] =>
    readCriteria(linesIn(...texts)).unread.map(({ number, why }) =>
      [number, why.kind, ...('count' in why ? [why.count] : [])].join(' '),
    );

  test.each<[string, readonly string[], readonly string[]]>([
    ['words below the heading', ['# Acceptance criteria', 'The cart has a total.'], ['1 no items']],
    ['steps without a list', ['**Acceptance criteria**', 'Given a cart', 'When I pay'], ['1 no items']],
    [
      'code below the heading',
      ['# Acceptance criteria', '```gherkin', 'Given a cart', '```', '# More'],
      ['1 no items'],
    ],
    ['nothing below the heading', ['# Acceptance criteria', '# More', '- [ ] One'], ['1 no items']],
    ['words behind a label', ['**Acceptance criteria:** the cart has a total'], ['1 no items']],
    ['empty boxes', ['# Acceptance criteria', '- [ ] ', '- [ ]  '], ['1 no items']],
    ['items beside boxes', ['# Acceptance criteria', '- [ ] One', '- Two', '- Three'], ['3 no box 2']],
  ])('are missed in %s', (_, texts, expected) => {
    expect(doubts(...texts)).toEqual(expected);
  });

  test.each<[string, readonly string[]]>([
    ['a text without them', ['The cart has a total.', '- [ ] One']],
    ['a form without an answer', ['### Acceptance criteria', '', '_No response_']],
    ['a section that says none', ['## Acceptance criteria', 'N/A', '## More']],
    ['boxes below an item', ['## Acceptance criteria', '- The cart', '  - [ ] One', '  - [ ] Two']],
    ['a heading below a heading', ['## Acceptance criteria', '### Acceptance criteria of the cart', '- One']],
    [
      'a label below a heading',
      ['## Acceptance criteria', '**Definition of done**', '- [ ] One', '', 'And', '', '- [ ] Two'],
    ],
  ])('are not missed in %s', (_, texts) => {
    expect(doubts(...texts)).toEqual([]);
  });

  test('below a label end at the next paragraph', () => {
    const lines = linesIn('Acceptance criteria:', '', '- One', '', 'Notes:', '', '- Two');
    expect(readCriteria(lines)).toEqual({ criteria: [criterion('C1', 'One', 3)], unread: [], boxes: [] });
  });

  test('have boxes outside of them, which nobody has ticked', () => {
    const lines = linesIn('- [ ] a', '- [x] b', '1. [ ] c', '- d', '## Done when', '- [ ] e', '# More', '* [ ] f');
    expect(readCriteria(lines).boxes).toEqual([1, 3, 8]);
  });

  test.each([
    'Akzeptanzkriterien',
    'Criterios de aceptación',
    'Critères d’acceptation',
    'Critérios de aceitação',
    'Criteri di accettazione',
    'Критерии приёмки',
    '受け入れ条件',
    '验收标准',
    '인수 조건',
  ])('stand below %s, as a heading and as a line', (words) => {
    expect(readCriteria(linesIn(`## ${words}`, '- [ ] One')).criteria).toEqual([criterion('C1', 'One', 2)]);
    expect(readCriteria(linesIn(`${words}:`, '- [ ] One')).criteria).toEqual([criterion('C1', 'One', 2)]);
  });

  test.each(['Acceptance', 'Acceptance tests:', 'Done when', 'Exit criteria'])('stand below a line %s', (line) => {
    expect(readCriteria(linesIn(line, '- One')).criteria).toEqual([criterion('C1', 'One', 2)]);
    expect(readCriteria(linesIn(`${line} is what we need.`, '- One')).criteria).toEqual([]);
  });

  test('stand below a heading of Jira', () => {
    const lines = linesIn('h3. Acceptance Criteria', '* One', 'h3. Notes', '* Two');
    expect(readCriteria(lines).criteria).toEqual([criterion('C1', 'One', 2)]);
  });

  test('go on below a deeper heading than an indented one', () => {
    const lines = linesIn('   # Acceptance criteria', '## More', '- [ ] One');
    expect(readCriteria(lines).criteria).toEqual([criterion('C1', 'One', 3)]);
  });

  test('have different ids', () => {
    const lines = linesIn(
      '# Acceptance criteria',
      '- [ ] AC-1: One',
      '- [ ] AC-1: Two',
      '- [ ] Three',
      '- [ ] AC-2: Four',
    );
    expect(readCriteria(lines).criteria).toEqual([
      criterion('AC-1', 'One', 2),
      criterion('C2', 'Two', 3),
      criterion('C3', 'Three', 4),
      criterion('AC-2', 'Four', 5),
    ]);
  });
});
