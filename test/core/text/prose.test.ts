import { describe, expect, test } from 'vitest';
import { type Criterion, type IssueRef, issueNumber } from '../../../src/core/model/epic.ts';
import { linesOf, readableLines, refText } from '../../../src/core/text/markdown.ts';
import {
  inferFiles,
  ofOwn,
  readCriteria,
  readDependencies,
  readFormAnswers,
  taskListIn,
} from '../../../src/core/text/prose.ts';

const linesIn = (...texts: readonly string[]) => readableLines(linesOf(texts.join('\n')));
const shop = { owner: 'octo', name: 'shop' };
const ref = (number: number, owner?: string, name?: string): IssueRef => ({
  number: issueNumber(number),
  ...(owner !== undefined && name !== undefined ? { repository: { owner, name } } : {}),
});

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
  ])('%j names one', (line) => {
    expect(waitsFor('a', '', line)).toEqual(['3: #12']);
  });

  test.each([
    'It depends on #12',
    'not blocked by #12',
    '#12',
    'Dependson #12',
    'Depends onocto/shop#12',
    'Depends  on #12',
    'Depends only #12',
    'Blocked bye #12',
    'Depend_on #12',
    'Depends on the one that is #12',
    'Depends on (#12)',
    '1.Depends on #12',
    '1234567890. Depends on #12',
    '[y] Depends on #12',
    '[  ] Depends on #12',
    '"Depends on #12"',
    'Depends: #12',
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
    ['a list with words behind its references', ['Depends on', '- #12 the cart #13', '- the mail #14'], ['2: #12']],
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
    ['a section', ['## Depends on', '#12', '', '- #13', 'words #14', '- [ ] #15'], ['2: #12', '4: #13', '6: #15']],
    ['a section with one in its heading', ['## Depends on #12', '- #13'], ['1: #12', '2: #13']],
    ['a section up to the next heading', ['# Depends on', '#12', '### More', '#13'], ['2: #12']],
    ['a section after another', ['# Depends on', '#12', '# Blocked by', '#13'], ['2: #12', '4: #13']],
    ['a section up to a phrase', ['# Depends on', '#12', 'Depends on #13', '#14'], ['2: #12', '3: #13']],
    ['no section below seven hashes', ['####### Depends on', '#12'], []],
    ['no section below hashes without a space', ['##Depends on', '#12', '', '- #13'], []],
    [
      'texts that name no issue',
      ['Depends on #0, #12, #1x', '', 'Blocked by:', '- #-5'],
      ['1: #12', '1: ? #0', '1: ? #1x', '4: ? #-5'],
    ],
    ['none in an empty text', [], []],
  ])('%s', (_, texts, found) => {
    expect(waitsFor(...texts)).toEqual(found);
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
    ['- [ ] #12 #13', [12, 1, 'open']],
    ['- [ ] #12 the cart (depends on: #3)', [12, 1, 'open', '#3']],
    ['- [x] #12 (depend on #3, octo/shop#4 and octo/mail#5)', [12, 1, 'met', '#3', '#4', 'octo/mail#5']],
    ['- [ ] #12 (blocked by #3)', [12, 1, 'open', '#3']],
    ['- [ ] #12 ( Blocked-By : #3 )', [12, 1, 'open', '#3']],
    ['- [ ] #12 (depends on:#3) (depends on: #4)', [12, 1, 'open', '#3']],
    ['- [ ] #12 depends on #3', [12, 1, 'open']],
    ['- [ ] #12 (it depends on #3)', [12, 1, 'open']],
    ['- [ ] #12 (depends only #3)', [12, 1, 'open']],
    ['- [ ] #12 (depends onocto/shop#3)', [12, 1, 'open']],
    ['- [ ] #12 (depends on the mail, #3)', [12, 1, 'open']],
  ])('has an item: %j', (line, item) => {
    expect(items(line)).toEqual([item]);
  });

  test.each([
    '- #12',
    '- [ ]#12',
    '-[ ] #12',
    '- [y] #12',
    '- [] #12',
    '- [ ] the cart #12',
    '- [ ] #0',
    '1234567890. [ ] #12',
    'a - [ ] #12',
    '[ ] #12',
  ])('has none: %j', (line) => {
    expect(taskListIn(linesIn(line), shop)).toEqual({ items: [], elsewhere: [] });
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
  ])('stand below %j', (heading) => {
    expect(readCriteria(linesIn(heading, '- [ ] One'))).toEqual([criterion('C1', 'One', 2)]);
  });

  test.each([
    'Acceptance criteria',
    '## More acceptance criteria',
    '## Acceptance criteria of the cart',
    '## Acceptance criterium',
    '##Acceptance criteria',
    '####### Acceptance criteria',
    '    # Acceptance criteria',
  ])('do not stand below %j', (heading) => {
    expect(readCriteria(linesIn('a', heading, '- [ ] One'))).toEqual([]);
  });

  test.each<[string, readonly string[], readonly Criterion[]]>([
    ['are none in an empty section', [], []],
    ['are none in words', ['words', '- an item', '  more'], []],
    [
      'may be met',
      ['- [x] One', '* [X] Two', '+ [ ] Three'],
      [criterion('C1', 'One', 2, 'met'), criterion('C2', 'Two', 3, 'met'), criterion('C3', 'Three', 4)],
    ],
    ['may be numbered', ['1. [ ] One', ' 2) [ ] Two'], [criterion('C1', 'One', 2), criterion('C2', 'Two', 3)]],
    ['keep their inline code', ['- [ ] `npm test` says ``ok``'], [criterion('C1', '`npm test` says ``ok``', 2)]],
    ['have no space around them', ['- [ ]    One   '], [criterion('C1', 'One', 2)]],
    ['have words', ['- [ ]   ', '- [ ] Two'], [criterion('C1', 'Two', 3)]],
    [
      'go on in indented lines',
      ['- [ ] One', '  and', '\tmore  ', '- [ ] Two'],
      [criterion('C1', 'One and more', 2), criterion('C2', 'Two', 5)],
    ],
    ['go on with inline code', ['- [ ] One', '  `and` more'], [criterion('C1', 'One `and` more', 2)]],
    ['do not go on after an empty line', ['- [ ] One', '', '  and'], [criterion('C1', 'One', 2)]],
    ['do not go on after another line', ['- [ ] One', 'and', '  more'], [criterion('C1', 'One', 2)]],
    [
      'do not go on in nested items',
      ['- [ ] One', '  - and', '  * more', '  + most', '  x'],
      [criterion('C1', 'One', 2)],
    ],
    ['do not go on without an indent', ['- [ ] One', 'and'], [criterion('C1', 'One', 2)]],
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
    expect(readCriteria(linesIn('## Acceptance criteria', ...texts))).toEqual(criteria);
  });

  test.each<[string, string, string]>([
    ['AC-1: One', 'AC-1', 'One'],
    ['AC-1 One', 'AC-1', 'One'],
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
    expect(readCriteria(linesIn('# Acceptance criteria', `- [ ] ${line}`))).toEqual([criterion(id, text, 2)]);
  });

  test('go on below a deeper heading than an indented one', () => {
    const lines = linesIn('   # Acceptance criteria', '## More', '- [ ] One');
    expect(readCriteria(lines)).toEqual([criterion('C1', 'One', 3)]);
  });

  test('have different ids', () => {
    const lines = linesIn(
      '# Acceptance criteria',
      '- [ ] AC-1: One',
      '- [ ] AC-1: Two',
      '- [ ] Three',
      '- [ ] AC-2: Four',
    );
    expect(readCriteria(lines)).toEqual([
      criterion('AC-1', 'One', 2),
      criterion('C2', 'Two', 3),
      criterion('C3', 'Three', 4),
      criterion('AC-2', 'Four', 5),
    ]);
  });
});

describe('the answers of a form', () => {
  /** `3 files: a | b` for each answer: its line, its name, and the lines below it. */
  const answersIn = (...texts: readonly string[]): readonly string[] =>
    readFormAnswers(linesIn(...texts)).map(
      ({ name, line, lines }) => `${line} ${name}: ${lines.map(({ withCode }) => withCode).join(' | ')}`,
    );

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'are the texts below headings of the third level',
      ['### Type', '', 'fix', '', '### Files', 'a', 'b `c`'],
      ['1 type: fix', '5 files: a | b `c`'],
    ],
    [
      'are named after their headings',
      ['a', '### **File scope:**', 'b', '### `Depends`  on it ###', 'c'],
      ['2 file-scope: b', '4 depends-on-it: c'],
    ],
    ['end at a heading of a higher level', ['### Type', 'fix', '## More', 'b'], ['1 type: fix']],
    ['end at a heading of a deeper level', ['### Type', 'fix', '#### More', 'b'], ['1 type: fix']],
    ['do not stand before a heading', ['fix', '### Type', 'feat'], ['2 type: feat']],
    ['do not stand below other headings', ['# Type', 'fix', '#### Files', 'a', '###', 'b'], ['5 : b']],
    ['are not empty', ['### Type', '', '### Files', 'a', '### More', '<!-- b -->'], ['3 files: a']],
    [
      'are not what GitHub writes for an empty one',
      ['### Type', '', ' _No response_ ', '### Files', '_No response_, sorry'],
      ['4 files: _No response_, sorry'],
    ],
    ['are not comments', ['### Type', '<!-- a -->', '<!-- b -->'], []],
    ['are none in an empty text', [], []],
  ])('%s', (_, texts, answers) => {
    expect(answersIn(...texts)).toEqual(answers);
  });

  test('hold their lines as they were read', () => {
    const lines = linesIn('### Type', '', 'fix `it`');
    expect(readFormAnswers(lines)).toEqual([{ name: 'type', line: 1, lines: [lines[1]] }]);
  });
});

describe('files inferred from a text', () => {
  const inferred = (...texts: readonly string[]): readonly string[] => inferFiles(linesIn(...texts), new Set());

  test.each([
    ['src/a.ts', 'src/**'],
    ['src/cart/a.test.ts', 'src/cart/**'],
    ['src/', 'src/**'],
    ['src/cart/', 'src/cart/**'],
    ['./src/a.ts', 'src/**'],
    ['.github/workflows/ci.yml', '.github/workflows/**'],
    ['src/.env', 'src/**'],
    ['a@b/c+d/e-f_g.h', 'a@b/c+d/**'],
    ['src/@types/x.d.ts', 'src/@types/**'],
    ['src/a.Abcdefghi9', 'src/**'],
    ['v1.2/notes.md', 'v1.2/**'],
    ['src.community/a.ts', 'src.community/**'],
    ['src/example.com/a.ts', 'src/example.com/**'],
    ['src/a.ts:12', 'src/**'],
    ['src/a.ts:123456:7', 'src/**'],
    ['src/a.ts#L12', 'src/**'],
    ['(src/a.ts)', 'src/**'],
    ['([{*_~src/a.ts~_}])', 'src/**'],
    ['src/a.ts,', 'src/**'],
    ['src/a.ts.;:!?', 'src/**'],
    ['(src/a.ts:12).', 'src/**'],
    ['"src/a.ts"', 'src/**'],
    ["'src/a.ts'", 'src/**'],
    ['<src/a.ts>', 'src/**'],
    ['|src/a.ts|b|', 'src/**'],
    ['[it](src/a.ts)', 'src/**'],
    ['[src/a.ts](x)', 'src/**'],
    ['see\tsrc/a.ts now', 'src/**'],
    ['`src/a.ts`', 'src/**'],
    ['``src/a.ts`` and more', 'src/**'],
    ['src/*.ts', 'src/*.ts'],
    ['src/**', 'src/**'],
    ['(src/**/*.{ts,tsx}).', 'src/**/*.{ts,tsx}'],
    ['src/**/{a,b}-?.ts', 'src/**/{a,b}-?.ts'],
    ['`src/**/*.ts`,', 'src/**/*.ts'],
    [`${'a'.repeat(194)}/bc.ts`, `${'a'.repeat(194)}/**`],
  ])('%j means %s', (text, glob) => {
    expect(inferred('Text.', text)).toEqual([glob]);
  });

  test.each([
    'words',
    'a.ts',
    './a.ts',
    'and/or',
    'src/Makefile',
    'src/a.1',
    'src/a.',
    'src/a.abcdefghijk',
    'src/ä.ts',
    'src/ä/a.ts',
    '/etc/passwd.txt',
    '../src/a.ts',
    'src/../a.ts',
    'e.g./a.ts',
    'src./a.ts',
    '~/src/a.ts',
    'src//a.ts',
    '/',
    '@octo/core.js',
    'https://github.com/a.html',
    'example.com/a.html',
    'EXAMPLE.ORG/a.html',
    'a.net/b.js',
    'a.io/b.js',
    'a.dev/b.js',
    'a.app/b.js',
    'src/a.ts:1234567',
    'src/a.ts:1:2:3',
    'src/a.ts#L1234567',
    'src/a.ts#12',
    'src/$a.ts',
    '$src/a.ts',
    'src$/a.ts',
    'src/a b.ts',
    '$src/*.ts',
    'src/*.$ts',
    'src/{a/*.ts',
    '*/a.ts',
    `${'a'.repeat(195)}/bc.ts`,
  ])('%j means nothing', (text) => {
    expect(inferred(text)).toEqual([]);
  });

  test('are each named once, in order, without those inside of others', () => {
    expect(inferred('src/b/x.ts src/a/x.ts src/b/y.ts', 'docs/x.md')).toEqual(['docs/**', 'src/a/**', 'src/b/**']);
    expect(inferred('src/a/b/x.ts src/a/x.ts src/ab/x.ts')).toEqual(['src/a/**', 'src/ab/**']);
    expect(inferred('src/*.ts src/x.ts')).toEqual(['src/**']);
    expect(inferred('src/*.ts src/a/*.ts')).toEqual(['src/*.ts', 'src/a/*.ts']);
    expect(inferred('src/*.ts src/*.tsx')).toEqual(['src/*.ts', 'src/*.tsx']);
    expect(inferred('test/src/x.ts src/x.ts')).toEqual(['src/**', 'test/src/**']);
    expect(inferred()).toEqual([]);
  });

  test('are not those that do not count', () => {
    const ignored = new Set(['docs/plan.md', 'src/*.ts']);
    expect(inferFiles(linesIn('`./docs/plan.md:3`, docs/plan.md src/*.ts test/a.ts'), ignored)).toEqual(['test/**']);
  });

  test('are those of at most twenty directories', () => {
    const paths = Array.from({ length: 21 }, (_, at) => `d${String(at).padStart(2, '0')}/x.ts`);
    expect(inferred(...paths.slice(1))).toEqual(paths.slice(1).map((path) => path.replace('x.ts', '**')));
    expect(inferred(...paths)).toEqual([]);
  });

  test('are all in one directory, if it is among the first 81 that are named', () => {
    const paths = Array.from({ length: 81 }, (_, at) => `src/d${at}/x.ts`);
    expect(inferred(...paths.slice(1), 'src/x.ts')).toEqual(['src/**']);
    expect(inferred(...paths, 'src/x.ts')).toEqual([]);
    expect(inferred('src/x.ts', ...paths, 'docs/x.md')).toEqual(['src/**']);
  });
});
