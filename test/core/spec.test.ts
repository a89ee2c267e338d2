import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { issueNumber } from '../../src/core/model/epic.ts';
import type { Problem } from '../../src/core/model/problem.ts';
import { refText } from '../../src/core/text/markdown.ts';
import { readableLinesOf, readSpec, readTaskList } from '../../src/core/text/spec.ts';
import { expectSoon } from '../cpu.ts';

const read = (body: string, more: { title?: string; labels?: readonly string[] } = {}) =>
  readSpec({ number: issueNumber(7), title: more.title ?? 'Add the cart', body, labels: more.labels ?? [] });
const front = (...lines: string[]): string => ['---', ...lines, '---', '', 'Do it.'].join('\n');
const errors = (body: string, labels: readonly string[] = []): readonly Problem[] =>
  read(body, { labels })
    .diagnostics.filter(({ level }) => level === 'error')
    .map(({ problem }) => problem);
const warnings = (body: string): readonly Problem[] =>
  read(body)
    .diagnostics.filter(({ level }) => level === 'warning')
    .map(({ problem }) => problem);
const waitsFor = (body: string): readonly string[] => read(body).spec.dependsOn.map(refText);

describe('front matter', () => {
  test('every key (R1.5)', () => {
    const { spec, diagnostics } = read(
      front(
        '# a comment',
        'type: fix   # another',
        'slug: cart-total',
        'scope: cart',
        'worker: tests',
        'persona: careful-tester',
        'model: fast-3.5',
        'effort: high',
        'agent: claude',
        'skills: [tdd, review]',
        'files:',
        '  - src/cart/**',
        "  - 'test/cart/*.ts' # with a reason",
        '  - "docs/{a,b}.md"',
        'priority: 1',
        'estimate: 1h30m',
        'context: [docs/design.md]',
        'gates: [lint, tests]',
        'tdd: false',
        'review: council',
        'attempts: 2',
        'budget: 2.50',
        'conflicts-with: [8, #9]',
        'depends-on: #3, octo/mail#4',
        'parallel: false',
        'branch: "work/{slug}"',
        'base: release/1.x',
      ),
    );
    expect(diagnostics).toEqual([]);
    expect(spec).toEqual({
      type: 'fix',
      slug: 'cart-total',
      commitScope: 'cart',
      worker: 'tests',
      persona: 'careful-tester',
      model: 'fast-3.5',
      effort: 'high',
      agent: 'claude',
      tdd: false,
      review: true,
      skills: ['tdd', 'review'],
      files: ['src/cart/**', 'test/cart/*.ts', 'docs/{a,b}.md'],
      filesFrom: 'stated',
      priority: 1,
      estimateMinutes: 90,
      context: ['docs/design.md'],
      attempts: 2,
      budgetUsd: 2.5,
      conflictsWith: [{ number: 8 }, { number: 9 }],
      dependsOn: [{ number: 3 }, { number: 4, repository: { owner: 'octo', name: 'mail' } }],
      parallel: false,
      branch: 'work/{slug}',
      base: 'release/1.x',
      criteria: [],
    });
  });

  test.each<[string, string, object]>([
    ['an alias', 'edit_locus: [src/a.ts]', { files: ['src/a.ts'], filesFrom: 'stated' }],
    ['another', 'file-scope: src/a.ts, {b,c}/*.ts', { files: ['src/a.ts', '{b,c}/*.ts'] }],
    ['underscores', 'depends_on: [3]', { dependsOn: [{ number: 3 }] }],
    ['a list over lines', 'files: [\n  src/a.ts, # one\n\n  "b, c.ts"\n]', { files: ['src/a.ts', 'b, c.ts'] }],
    ['brackets in a list', 'files: [app/[slug]/**, b.ts]', { files: ['app/[slug]/**', 'b.ts'] }],
    ['a list without indent', 'skills:\n- one\n- two', { skills: ['one', 'two'] }],
    ['quotes in quotes', 'model: \'a\'\nbranch: "x-{number}"', { model: 'a', branch: 'x-{number}' }],
    ['minutes', 'estimate: 20m', { estimateMinutes: 20 }],
    ['hours', 'estimate: 1.5h', { estimateMinutes: 90 }],
    ['a priority in words', 'priority: high', { priority: 1 }],
    ['nothing said', 'persona:\nmodel: ~\ntype: fix', { type: 'fix' }],
    ['nested keys for later', 'gates:\n  lint:\n    off: true\nreview: {by: tech-lead}\ntype: fix', { type: 'fix' }],
    ['a reference after a blank', 'depends-on: #3 # the schema', {}],
  ])('%s', (_, lines, expected) => {
    const { spec, diagnostics } = read(front(...lines.split('\n')));
    expect(diagnostics.filter(({ level, problem }) => level === 'error' && problem.kind === 'FRONT_MATTER')).toEqual(
      [],
    );
    expect(spec).toMatchObject(expected);
  });

  test.each([
    ['not closed (B011)', '---\ntype: fix\nDo it.', 1],
    ['an anchor', front('a: 1', 'type: &x fix'), 3],
    ['an alias', front('files: [*.ts]'), 2],
    ['a tag (B070)', front('type: !!js/function x'), 2],
    ['a block scalar', front('model: |', '  a'), 2],
    ['nested keys', front('type:', '  name: fix'), 3],
    ['a nested budget', front('budget: {usd: 5}'), 2],
    ['lists in lists', front('files: [[a]]'), 2],
    ['a tab', front('files:', '\t- a'), 3],
    ['no blank after the colon', front('type:fix'), 2],
    ['no key', front('just words'), 2],
    ['twice', front('type: fix', 'Type: feat'), 3],
    ['a list not closed', front('files: [a,', 'b'), 2],
    ['a quote not closed', front('model: "a'), 2],
    ['a colon in a plain text', front('model: a: b'), 2],
    ['a NUL', front('model: a\0b'), 2],
    ['stray indent', front('type: fix', '  more: x'), 3],
    ['an empty item', front('files: [a,,b]'), 2],
  ])('refused with its line: %s', (_, body, line) => {
    const [problem] = errors(body).filter(({ kind }) => kind === 'FRONT_MATTER');
    expect(problem).toMatchObject({ kind: 'FRONT_MATTER', at: { issue: 7, line } });
  });

  test('an unknown key is a warning with the nearest one (B010, B074)', () => {
    expect(warnings(front('scope2: x', 'files: [a]'))).toMatchObject([
      { kind: 'SPEC_KEY', at: { issue: 7, line: 2 }, key: 'scope2', nearest: 'scope' },
    ]);
    expect(warnings(front('__proto__: x', 'constructor: y', 'files: [a]')).map(({ kind }) => kind)).toEqual([
      'SPEC_KEY',
      'SPEC_KEY',
    ]);
  });

  test.each([
    ['type: feature', 'type', 'feat'],
    ['worker: test', 'worker', 'tests'],
    ['effort: hihg', 'effort', 'high'],
    ['priority: 4', 'priority', undefined],
    ['priority: urgent', 'priority', undefined],
    ['estimate: soon', 'estimate', undefined],
    ['estimate: 0m', 'estimate', undefined],
    ['estimate: 200h', 'estimate', undefined],
    ['parallel: no', 'parallel', undefined],
    ['parallel: flase', 'parallel', 'false'],
    ['attempts: 0', 'attempts', undefined],
    ['attempts: 1e9', 'attempts', undefined],
    ['budget: -1', 'budget', undefined],
    ['budget: .inf', 'budget', undefined],
    ['persona: ../../etc/passwd', 'persona', undefined],
    ['persona: -reviewer', 'persona', undefined],
    ['persona: "a/b"', 'persona', undefined],
    ['persona: ".."', 'persona', undefined],

    ['persona: 😀', 'persona', undefined],
    [`persona: ${'a'.repeat(64)}`, 'persona', undefined],
    ['skills: [ok, __proto__]', 'skills', undefined],
    ['skills: [a b]', 'skills', undefined],
    ['slug: Has Blanks', 'slug', undefined],
    ['slug: ../x', 'slug', undefined],
    ['base: refs/heads/x', 'base', undefined],
    ['base: "-x"', 'base', undefined],
    ['base: a..b', 'base', undefined],
    ['context: [../secret]', 'context', undefined],
    ['context: [/etc/passwd]', 'context', undefined],
    ['depends-on: 0', 'depends-on', undefined],
    ['depends-on: -3', 'depends-on', undefined],
    ['depends-on: 9007199254740992', 'depends-on', undefined],
    ['depends-on: 12abc', 'depends-on', undefined],
    ['conflicts-with: [cart]', 'conflicts-with', undefined],
    ['type: [fix]', 'type', undefined],
    ['tdd: maybe', 'tdd', undefined],
    ['model: "a b\\"c"', 'model', undefined],
  ])('a value that is none: %s', (line, key, nearest) => {
    const found = errors(front(line, 'files: [a]'));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: 'SPEC_VALUE', at: { issue: 7, line: 2 }, key });
    if (nearest !== undefined) expect(found[0]).toMatchObject({ nearest });
  });

  test.each(['../**', '/etc/**', '~/**', '!src/**', '@(a)', '""'])('a glob that is none: %s (B190)', (glob) => {
    expect(errors(front(`files: [${glob === '""' ? glob : `"${glob}"`}]`))).toMatchObject([
      { kind: 'BAD_GLOB', at: { line: 2 } },
    ]);
  });

  test('more globs than a scope may have (B013)', () => {
    const globs = Array.from({ length: 5_000 }, (_, at) => `  - src/${at}`);
    const { spec } = read(front('files:', ...globs));
    expect(spec.files).toHaveLength(100);
    expect(errors(front('files:', ...globs))).toMatchObject([{ kind: 'LIMIT_EXCEEDED', found: 5_000, limit: 100 }]);
  });

  test('one key under two names', () => {
    expect(errors(front('files: [a]', 'edit_locus: [b]'))).toMatchObject([{ kind: 'SPEC_VALUE', key: 'edit_locus' }]);
  });
});

describe('labels and answers', () => {
  test('labels say what the text does not; the text wins', () => {
    const labels = [
      'model:slow',
      'effort:low',
      'worker:research',
      'persona:scout',
      'base:next',
      'P0',
      'bug',
      'swarm:running',
    ];
    expect(read('Do it.', { labels }).spec).toMatchObject({
      model: 'slow',
      effort: 'low',
      worker: 'research',
      persona: 'scout',
      base: 'next',
      priority: 0,
    });
    expect(read(front('model: fast', 'priority: 3'), { labels }).spec).toMatchObject({
      model: 'fast',
      priority: 3,
      effort: 'low',
    });
    expect(read('Do it.', { labels: ['priority:high'] }).spec.priority).toBe(1);
    expect(read('Do it.', { labels: ['constructor', 'toString'] }).spec.priority).toBe(2);
  });

  test.each([
    [['worker:tset'], 'worker'],
    [['model:a', 'model:b'], 'model'],
    [['P0', 'priority:low'], 'priority'],
    [['persona:../x'], 'persona'],
  ])('labels %j: %s is wrong', (labels, key) => {
    expect(errors('Do it.', labels)).toMatchObject([{ kind: 'SPEC_VALUE', key, at: { issue: 7 } }]);
  });

  test("an issue form's answers", () => {
    const { spec, diagnostics } = read(
      [
        '### Type',
        '',
        'fix',
        '',
        '### Files',
        '',
        '- `src/cart/**`',
        'src/mail/*.ts, docs/x.md',
        '',
        '### Persona',
        '',
        '_No response_',
        '',
        '### Depends on',
        '',
        '#3, #4',
        '',
        '### What',
        '',
        'Depends on nothing else.',
      ].join('\n'),
    );
    expect(diagnostics).toEqual([]);
    expect(spec).toMatchObject({
      type: 'fix',
      files: ['src/cart/**', 'src/mail/*.ts', 'docs/x.md'],
      filesFrom: 'stated',
      dependsOn: [{ number: 3 }, { number: 4 }],
    });
    expect(spec.persona).toBeUndefined();
  });

  test('headings above prose are no answers; a wrong choice is one', () => {
    expect(
      errors('### Context\n\nWe sell things to people.\n\n### Scope\n\nAll of the cart.\n\n### Review\n\nPlease do.'),
    ).toEqual([]);
    expect(errors('### Type\n\nNew feature')).toEqual([]);
    expect(read('### Type\n\nNew idea').diagnostics).toMatchObject([
      { level: 'warning', problem: { kind: 'ANSWER_UNREAD', key: 'type', at: { line: 3 } } },
      { problem: { kind: 'SCOPE_UNKNOWN' } },
    ]);
  });
});

describe('what it waits for (R1.3)', () => {
  test.each<[string, string, string[]]>([
    ['a line', 'Depends on #12', ['#12']],
    ['several', 'Blocked by #12, #13 and #14', ['#12', '#13', '#14']],
    ['a hyphen and a colon', 'Blocked-by: #12', ['#12']],
    ['bold', '**Depends on:** #12', ['#12']],
    ['an item', '- Depends on #12', ['#12']],
    ['a box', '- [x] blocked by: #12', ['#12']],
    ['another repository', 'Depends on octo/mail#12', ['octo/mail#12']],
    ['an address', 'Depends on https://github.com/octo/mail/issues/12.', ['octo/mail#12']],
    ['a link', 'Depends on [#12](https://x.example/1), [#13](y)', ['#12', '#13']],
    ['words behind it', 'Depends on #12 for the schema, not on #13', ['#12']],
    ['a list below it', 'Blocked by:\n- #12\n- #13 the mail\n\nSee #14', ['#12', '#13']],
    ['a heading', '## Dependencies\n- #11\n\n## Blocked by\n\n- #12\n\n## Notes\n- #13', ['#11', '#12']],
    ['twice', 'Depends on #12\nBlocked by #12', ['#12']],
    ['CRLF (B022)', 'a\r\nDepends on #12\r\nb', ['#12']],
    ['CR alone', 'a\rDepends on #12\rb', ['#12']],
    ['U+2028 (B023)', 'a\u2028Depends on #12\u2029b', ['#12']],
    ['hidden letters within', 'Depends on #1\u200b2', ['#12']],
    ['behind a comment', '<!-- x --> Depends on #12', ['#12']],
    ['after a fence', '```\n#1\n```\nDepends on #12', ['#12']],
    ['after a quote', '> a\n\nDepends on #12', ['#12']],
    ['in a list, indented', '- a\n\n    Depends on #12', ['#12']],
  ])('%s', (_, body, refs) => {
    expect(waitsFor(body)).toEqual(refs);
  });

  test.each([
    ['prose', 'This depends on #12'],
    ['a denial', 'It never depends on #12'],
    ['nothing named', 'Depends on the weather'],
    ['a fence', '```\nDepends on #12\n```'],
    ['a fence of tildes', '~~~ text\nDepends on #12\n~~~'],
    ['a longer fence around a shorter (B017)', '````\n```\nDepends on #12\n```\n````'],
    ['a fence never closed', '```\nDepends on #12'],
    ['a fence in a list', '- a\n  ```\n  Depends on #12\n  ```'],
    ['a fence that begins an item', '- ```\n  Depends on #12\n  ```'],
    ['inline code', '`Depends on #12`'],
    ['inline code over lines', 'a `b\nDepends on #12\nc` d'],
    ['inline code of two', '``a ` b\nDepends on #12``'],
    ['the number in inline code', 'Depends on `#12`'],
    ['a quote', '> Depends on #12'],
    ["a quote's last paragraph going on", '> a\nDepends on #12'],
    ['a quote in a list', '- > Depends on #12'],
    ['a comment', '<!-- Depends on #12 -->'],
    ['a comment over lines', '<!--\nDepends on #12\n-->'],
    ['a comment never closed', 'a\n\n<!--\nDepends on #12'],
    ['a comment in a comment (B005)', '<!-<!-- x -->- y -->\n<!--\nDepends on #12 -->'],
    ['a comment in a paragraph', 'a <!-- b\nDepends on #12\n-->'],
    ['a comment that begins an item', '- <!--\n- Depends on #12\n-->'],
    ['a fence in a comment', '<!--\n```\n-->\n<!--\nDepends on #12\n-->'],
    ['indented code', 'a\n\n    Depends on #12'],
    ['preformatted HTML', '<pre>\nDepends on #12\n</pre>'],
    ['a quote in HTML', '<blockquote>\n\nDepends on #12\n\n</blockquote>'],
    ['front matter never closed is still prose', '> ---'],
  ])('not %s', (_, body) => {
    expect(waitsFor(body)).toEqual([]);
  });

  test.each(['#0', '#-5', '#12abc', '#9007199254740993', '#99999999999999999999', 'octo/mail#0'])(
    'Depends on %s names no issue (B065, R1.9)',
    (ref) => {
      expect(errors(`Text.\nDepends on ${ref}`)).toMatchObject([
        { kind: 'SPEC_VALUE', key: 'depends-on', value: ref, at: { issue: 7, line: 2 } },
      ]);
    },
  );

  test('each dependency with the line that names it', () => {
    expect(read(front('depends-on: [3]').replace('Do it.', 'Blocked by #4')).dependencies).toEqual([
      { ref: { number: 3 }, line: 2, text: 'depends-on: 3', inFrontMatter: true },
      { ref: { number: 4 }, line: 5, text: 'Blocked by #4' },
    ]);
  });
});

describe('the rest of the text', () => {
  test('criteria (R1.6)', () => {
    const body = [
      '## Acceptance criteria',
      '',
      '- [ ] AC-1: The total is right',
      '- [x] **REQ-12** It says `npm test`',
      '- [ ] Without an id',
      '  that goes on',
      '* [X] [AC-1] an id again',
      '- no box',
      '- [ ]   ',
      '```',
      '- [ ] in a fence',
      '```',
      '### More of them',
      '1. [ ] AC-9 – numbered',
      '## Other',
      '- [ ] not one',
      '## acceptance criteria:',
      '- [ ] AC-10 late',
    ].join('\r\n');
    expect(read(body).spec.criteria).toEqual([
      { id: 'AC-1', text: 'The total is right', line: 3, state: 'open' },
      { id: 'REQ-12', text: 'It says `npm test`', line: 4, state: 'met' },
      { id: 'C3', text: 'Without an id that goes on', line: 5, state: 'open' },
      { id: 'C4', text: 'an id again', line: 7, state: 'met' },
      { id: 'AC-9', text: 'numbered', line: 14, state: 'open' },
      { id: 'AC-10', text: 'late', line: 18, state: 'open' },
    ]);
  });

  test.each<[string, string, string[]]>([
    ['a path', 'Change src/cart/total.ts please.', ['src/cart/**']],
    ['inline code', 'Change `src/cart/total.ts:12`, and (`./docs/a.md`).', ['docs/**', 'src/cart/**']],
    ['a directory', 'All of `src/cart/`.', ['src/cart/**']],
    ['a glob', 'All of `src/**/*.ts`.', ['src/**/*.ts']],
    ['one inside another', 'src/a.ts and src/cart/b.ts', ['src/**']],
    ['a link', 'See [it](src/cart/total.ts).', ['src/cart/**']],
    ['not an address', 'See https://example.com/a/b.html or example.com/a.html', []],
    ['not words', 'and/or, client/server, 1/2, e.g./i.e., N/A', []],
    ['not a package', 'uses @octokit/core.js and npm/yarn', []],
    ['not above', '../x/y.ts /etc/passwd.txt ~/x/y.ts', []],
    ['not in a fence', '```\nsrc/a.ts\n```', []],
    ['not in a quote', '> src/a/b.ts', []],
  ])('an inferred scope (R1.7): %s', (_, body, files) => {
    const { spec, diagnostics } = read(body);
    expect(spec.files).toEqual(files);
    expect(spec.filesFrom).toBe(files.length > 0 ? 'inferred' : 'none');
    expect(diagnostics.map(({ problem }) => problem.kind)).toEqual(files.length > 0 ? [] : ['SCOPE_UNKNOWN']);
  });

  test('a scope of everything is allowed, with a warning (B191)', () => {
    expect(warnings(front('files: ["**"]'))).toMatchObject([{ kind: 'SCOPE_EVERYTHING', at: { line: 2 } }]);
    expect(warnings(front('files: ["**", "!docs/**"]'))).toEqual([]);
  });

  test.each([
    ['nothing (B001)', ''],
    ['blanks', ' \r\n\t\n'],
    ['only a comment (B003)', '<!-- write here -->\n\n<!--\nmore\n-->'],
    ['only front matter', '---\nfiles: [a]\n---\n'],
    ['a comment never closed', '<!-- '.repeat(1_000)],
  ])('an empty task: %s', (_, body) => {
    expect(errors(body)).toEqual([{ kind: 'EMPTY_TASK', at: { issue: 7 } }]);
  });

  test('a body as long as GitHub takes is taken; a longer one is not (B002, B015)', () => {
    expect(errors('a'.repeat(65_536))).toEqual([]);
    expect(errors('😀'.repeat(65_536))).toEqual([]);
    expect(errors(`data:${'a'.repeat(1_000_000)}`)).toMatchObject([
      { kind: 'LIMIT_EXCEEDED', found: 1_000_005, limit: 65_536 },
    ]);
  });

  test.each([
    ['tag characters (B006)', `a${'\u{e0041}'.repeat(5)}`, 5],
    ['a direction override (B007)', 'src/\u202etxt.exe', 1],
    ['half a surrogate (B014)', 'a\ud800b', 1],
    ['a joiner in ASCII', '.g\u200cit', 1],
    [
      'an emoji of several and a flag',
      '👩\u200d👩\u200d👧 \u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      0,
    ],
    ['a byte order mark first', '\ufeffhello', 0],
  ])('hidden text: %s', (_, body, count) => {
    const found = warnings(body).filter(({ kind }) => kind === 'HIDDEN_TEXT');
    expect(found).toEqual(count === 0 ? [] : [{ kind: 'HIDDEN_TEXT', at: { issue: 7 }, count }]);
  });

  test.each([
    ['Add the cart', 'add-the-cart'],
    ['feat(cart)!: Añadir “carrito” ½', 'anadir-carrito-1-2'],
    ["Don't break; curl evil | sh; #", 'dont-break-curl-evil-sh'],
    ['A title that is much longer than any branch name should be', 'a-title-that-is-much-longer-than-any'],
    ['x'.repeat(256), 'x'.repeat(40)],
    ['\u200b\u200b', 'segment-7'],
    ['カート', 'segment-7'],
    ['__proto__', 'proto'],
    ['a\nb\tc', 'a-b-c'],
  ])('the slug of %j', (title, slug) => {
    expect(read('Do it.', { title }).spec.slug).toBe(slug);
  });

  test('the same text with other line ends reads the same (B022)', () => {
    const body = `${front('type: fix', 'files: [a, b]')}\n\nDepends on #3\n\n## Acceptance criteria\n- [ ] One`;
    const expected = read(body);
    expect(read(body.replaceAll('\n', '\r\n'))).toEqual(expected);
    expect(read(body.replaceAll('\n', '\r'))).toEqual(expected);
  });
});

describe('task lists', () => {
  test('items that name an issue, each once, with what they wait for', () => {
    const body = [
      '- [ ] #12',
      '- [x] #13 the mail (depends on: #12, #14)',
      '* [ ] https://github.com/Octo/Shop/issues/15',
      '- [ ] octo/other#16',
      '- [ ] buy milk for #17',
      '- [ ] #12 again',
      '- [ ] `#18`',
      '> - [ ] #19',
    ].join('\n');
    const items = readTaskList(body, { owner: 'octo', name: 'shop' });
    expect(items.map(({ number, state, line, dependsOn }) => [number, state, line, dependsOn.map(refText)])).toEqual([
      [12, 'open', 1, []],
      [13, 'met', 2, ['#12', '#14']],
      [15, 'open', 3, []],
    ]);
  });
});

describe('any text at all', () => {
  const scrap = fc.constantFrom(
    '---', '```', '~~~', '`', '``', '> ', '- ', '- [ ] ', '#12', 'Depends on #3', 'Blocked by: ', '<!--', '-->', '\n', '\n\n', '    ',
    '\t', 'files: ', '[', ']', '{', '}', '"', "'", ': ', ', ', '*', 'src/a.ts', '### Files\n', '## Acceptance criteria\n', '\u2028', '\r',
    '<pre>', '</pre>', '\\', '\0', '\u{e0041}', '\ud800', 'type: fix\n', '(depends on: ',
  ); // biome-ignore format: a word list
  const text = fc.array(fc.oneof(scrap, fc.string({ maxLength: 5 })), { maxLength: 40 }).map((parts) => parts.join(''));

  test('never throws, and gives the same twice', () => {
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), (body, labels) => {
        const issue = { number: issueNumber(7), title: body, body, labels };
        expect(readSpec(issue)).toEqual(readSpec(issue));
        readTaskList(body);
      }),
      { numRuns: 1_500 },
    );
  });

  test('nothing in a fence, a quote or a comment speaks', () => {
    const silent = (body: string) => {
      expect(readableLinesOf(body).filter((line) => line.text.trim() !== '')).toEqual([]);
    };
    fc.assert(
      fc.property(text, (said) => {
        const lines = said.split(/\r\n|\n|\r|\u2028|\u2029/);
        const fence = '~'.repeat(9);
        silent(`${fence}\n${lines.filter((line) => !line.includes(fence)).join('\n')}\n${fence}`);
        silent(lines.map((line) => `> ${line}`).join('\n'));
        silent(`<!-- ${said.replaceAll('-->', '').replaceAll('>', '')} -->`);
      }),
      { numRuns: 1_000 },
    );
  });

  test('hostile texts take no time', () => {
    const long = 65_000;
    const fill = (piece: string) => piece.repeat(Math.floor(long / piece.length));
    const hostile = [
      ...['`', ' ', '<!--', '<!-- -->', '- ', '> ', '[', '#', '*_', 'a/', '(depends on', '\\', '\t', '.', ']('].map(
        fill,
      ),
      ...['[', 'a,', '"', "'", ']', '{', '[]', ' #'].map((piece) => `---\nfiles: [${fill(piece)}\n---\n`),
      `Depends on ${fill('#1, ')}`,
      `Depends on ${fill('#0 ')}`,
      fill('`` ` ``` '),
      `\`a${fill('`')}a\``,
      `## Acceptance criteria\n${fill('- [ ] A\n')}`,
      `### Files\n${fill('a/b.ts, ')}`,
      `---\n${Array.from({ length: 5_000 }, (_, at) => `filez${at}: a\n`).join('')}---\n`,
      fill('src/a.ts '),
    ];
    for (const body of hostile) expectSoon(() => read(body));
  });
});
