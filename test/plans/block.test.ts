/** The block: a plan in the text of an issue (SPEC R1.2). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { planEpic } from '../../src/core/plan/planner.ts';
import { readSpec } from '../../src/core/text/spec.ts';
import { readBlock } from '../../src/plans/block.ts';
import { planText } from '../../src/words/plan.ts';
import { config, issue } from '../core/facts.ts';
import { expectSoon, filled } from '../cpu.ts';

const fenced = (...lines: readonly string[]): string => ['Build it.', '', '```swarm', ...lines, '```'].join('\n');
const SMALL = ['segments:', '  cart: {title: Cart}'];

const faultsOf = (body: string): readonly string[] =>
  (readBlock(body)?.faults ?? []).map(({ line, says }) => `${line}: ${says}`);

describe('a block', () => {
  test('has segments with the lines of the text that they stand in', () => {
    const block = readBlock(
      fenced(
        'segments:',
        '  cart:',
        '    title: The cart',
        '    files: [src/cart.ts]',
        '    labels: [shop, shop]',
        '  till:',
        '    title: The till',
        '    blocked-by: [cart, cart]',
        '    conflicts-with: [cart]',
        '    criteria:',
        '      - TILL-1: It opens',
      ),
    );
    expect(block?.line).toBe(3);
    expect(block?.faults).toEqual([]);
    expect(block?.segments).toEqual([
      {
        name: 'cart',
        title: 'The cart',
        body: '---\nslug: "cart"\nfiles:\n  - "src/cart.ts"\n---\n\nThe cart\n',
        labels: ['shop'],
        blockedBy: [],
        conflictsWith: [],
        line: 5,
        lines: { title: 6, files: 7, labels: 8 },
      },
      {
        name: 'till',
        title: 'The till',
        body: '---\nslug: "till"\n---\n\n## Acceptance criteria\n\n- [ ] TILL-1: It opens\n',
        labels: [],
        blockedBy: ['cart'],
        conflictsWith: ['cart'],
        line: 9,
        lines: { title: 10, 'blocked-by': 11, 'conflicts-with': 12, criteria: 13 },
      },
    ]);
  });

  test.each([
    ['is the same however its lines end', fenced(...SMALL).replaceAll('\n', '\r\n')],
    ['is one if it says that it is YAML', fenced(...SMALL).replace('```swarm', '```yaml swarm')],
    ['may have other marks', fenced(...SMALL).replaceAll('```', '~~~~')],
    ['may stand below front matter', `---\ncontext: [docs/a.md]\n---\n${fenced(...SMALL)}`],
    ['may stand below other code', `\`\`\`js\nlet a;\n\`\`\`\n${fenced(...SMALL)}`],
  ])('%s', (_, body) => {
    const block = readBlock(body);
    expect(block?.faults).toEqual([]);
    expect(block?.segments.map(({ name }) => name)).toEqual(['cart']);
    const { line = 0 } = block?.segments[0] ?? {};
    expect(body.split(/\r?\n/)[line - 1]).toBe('  cart: {title: Cart}');
  });

  test.each([
    ['in a quote', fenced(...SMALL).replace(/^/gm, '> ')],
    ['in other code', `\`\`\`\`md\n${fenced(...SMALL)}\n\`\`\`\``],
    ['in a comment', `<!--\n${fenced(...SMALL)}\n-->`],
    ['in indented code', fenced(...SMALL).replace(/^(?=.)/gm, '    ')],
    ['of another kind', fenced(...SMALL).replace('```swarm', '```swarmish')],
    ['that only mentions it', 'Write a ```swarm block.'],
  ])('is none %s', (_, body) => {
    expect(readBlock(body)).toBeUndefined();
  });

  test('has another digest when it reads differently, and only then', () => {
    const digest = (body: string) => readBlock(body)?.digest;
    expect(digest(`More.\n\n${fenced(...SMALL)}`)).toBe(digest(fenced(...SMALL)));
    expect(digest(fenced(...SMALL, '  till: {title: Till}'))).not.toBe(digest(fenced(...SMALL)));
  });

  test('names the keys of a plan file that mean nothing in it', () => {
    const block = readBlock(fenced('epic: {title: Shop}', ...SMALL, 'reviewer:', '  cart: {reject: no}'));
    expect(block?.unused).toEqual([
      { key: 'epic', line: 4 },
      { key: 'reviewer', line: 7 },
    ]);
    expect(block?.segments).toHaveLength(1);
  });
});

describe('what is wrong with a block is said with the line of the text:', () => {
  const many = (count: number, more = ''): readonly string[] =>
    Array.from({ length: count }, (_, index) => `  s${index}: {title: S${more}}`);
  test.each<[string, string, readonly string[]]>([
    [
      'a misspelt key',
      fenced('segments:', '  cart:', '    title: Cart', '    blockd-by: [a]'),
      ['7: `blockd-by` is not a key of `segments.cart`; did you mean `blocked-by`?'],
    ],
    [
      'a segment that is not there, and one without a title',
      fenced('segments:', '  a: {title: A, blocked-by: [cart]}', '  b: {title: B}', '  c: {}'),
      ['7: `segments.c.title` is missing'],
    ],
    [
      'a blocker that is not there',
      fenced('segments:', '  cart: {title: A}', '  b: {title: B, blocked-by: [card]}'),
      ['6: there is no segment "card"; did you mean "cart"?'],
    ],
    ['no segments', fenced('segments: {}'), ['4: an epic needs at least one segment']],
    ['nothing', fenced(), ['4: `the block`: expected keys and values']],
    ['no YAML', fenced('segments: ['), [expect.stringMatching(/^[45]: /)]],
    ['two of them', `${fenced(...SMALL)}\n${fenced(...SMALL)}`, ['9: it is the second one, and an epic has one plan']],
    [
      'no end',
      fenced(...SMALL).replace(/\n```$/, ''),
      ['3: it does not end; write a line of three backticks below it'],
    ],
    [
      'more segments than an issue can have',
      fenced('segments:', ...many(101)),
      ['4: it has 101 segments, and GitHub allows 100 sub-issues'],
    ],
    [
      'a segment that waits for too many',
      fenced(
        'segments:',
        ...many(51),
        `  z: {title: Z, blocked-by: [${Array.from({ length: 51 }, (_, n) => `s${n}`)}]}`,
      ),
      ['56: z waits for 51 segments, and GitHub allows 50'],
    ],
    [
      'a segment that too many wait for',
      fenced('segments:', '  a: {title: A}', ...many(51, ', blocked-by: [a]')),
      ['5: 51 segments wait for a, and GitHub allows 50'],
    ],
    [
      'a title that GitHub does not take',
      fenced('segments:', `  a: {title: ${'a'.repeat(257)}}`),
      ['5: `segments.a.title`: a title has at most 256 characters'],
    ],
    [
      'a text that GitHub does not take',
      fenced('segments:', '  a:', '    title: A', `    body: ${'\u00fc'.repeat(64_000)}`),
      ['5: the text of a is too long for an issue'],
    ],
  ])('%s', (_, body, says) => {
    expect(faultsOf(body)).toEqual(says);
    expect(readBlock(body)?.segments).toEqual([]);
  });
});

test.each(['? ', '- ', '[', '{a: ', '```swarm\n', ' \n'])(
  'a block made to take forever is read at once: %j',
  (piece) => {
    expectSoon(() => readBlock(`\`\`\`swarm\n${filled(piece, 65_000)}`), 2_000);
  },
);

test('the text of an issue that Swarm made has its front matter below the marker', () => {
  const body = '<!-- swarm:segment key=segment%3A1%3Acart -->\n---\nfiles: [src/cart.ts]\nblockd: 1\n---\nMake it.';
  const { spec, diagnostics, hasComments } = readSpec(issue(2, { body }));
  expect(spec.files).toEqual(['src/cart.ts']);
  expect(diagnostics).toMatchObject([{ problem: { kind: 'SPEC_KEY', at: { line: 4 } } }]);
  expect(hasComments).toBeUndefined();
  const other = readSpec(issue(2, { body: body.replace('swarm:segment', 'other:segment') }));
  expect(other.spec.filesFrom).not.toBe('stated');
});

test('the sample of the docs is a plan', () => {
  const page = readFileSync('docs/segments.md', 'utf8');
  const [, body = ''] = /^````markdown\n([\s\S]*?)\n````$/m.exec(page) ?? [];
  const block = readBlock(body);
  if (!block) throw new Error('the page has no sample');
  const plan = planEpic({ epic: issue(1, { body }), issues: [], others: [], config: config(), fixes: {}, block });
  expect(plan.diagnostics).toEqual([]);
  const text = planText(plan, { url: '' });
  expect(text).toContain(
    '- `track-route` `Let customers follow a parcel`: listed on line 11 of #1; files from line 13; waits for `tracking-numbers` (line 14).',
  );
  expect(text).not.toContain('#2000');
});
