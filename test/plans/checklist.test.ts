import { expect, test } from 'vitest';
import { readChecklist } from '../../src/plans/checklist.ts';
import { faultOf, fileOf, saidOf } from './reading.ts';

const LIST = `# The shop opens in spring

Two of us, no money.

- [ ] **Cart**
  - an empty cart costs nothing
  - [ ] CART-2: it says so:
    - in German
    - in English
  - [x] it has a colour

  See \`docs/cart.md\`.
- [x] Name
- plain words

## Money

We take cards.

1. [ ] Take a card. ${'This is a long story. '.repeat(8)}
2. [ ] Take a card.
`;

test('a checklist is a plan: items at the top are segments, and items below them criteria', () => {
  expect(fileOf(readChecklist(LIST, 'todo.md', 'Todo'))).toMatchInlineSnapshot(`
    "epic:
      title: The shop opens in spring
      body: Two of us, no money.
    segments:
      cart:
        title: Cart
        criteria:
          - an empty cart costs nothing
          - CART-2: "it says so: in German; in English"
        body: See \`docs/cart.md\`.
      take-a-card-this-is-a-long-story-this-is:
        title: Take a card. This is a long story. This is a long story. This is a long story. This is a long story. This is a long…
        body: |-
          Take a card. This is a long story. This is a long story. This is a long story. This is a long story. This is a long story. This is a long story. This is a long story. This is a long story.

          Part of: Money
      take-a-card:
        title: Take a card.
        body: "Part of: Money"
    "
  `);
  expect(saidOf(readChecklist(LIST, 'todo.md', 'Todo'))).toMatchInlineSnapshot(`
    "Read tasks as a checklist: 3 segments, 0 dependencies, 2 criteria.
    - left out, because it is ticked: it has a colour (line 10), Name (line 13)
    - left out, because it has no box: plain words (line 14)
    - has text beside its items that is not in the plan: Money (line 16)"
  `);
});

test('titles that are alike, or without letters, have names of their own', () => {
  const { plan } = readChecklist('- [ ] Cart\n- [ ] cart!\n- [ ] 日本\n- [ ] 2024\n- [ ] cart 2\n', 'todo.md', 'Todo');
  const names = plan.segments.map(({ name }) => name);
  expect(new Set(names).size).toBe(5);
  expect(names).toMatchInlineSnapshot(`
    [
      "cart-segment",
      "cart-segment-2",
      "segment",
      "2024-segment",
      "cart-2",
    ]
  `);
  expect(plan.epic.title).toBe('Todo');
});

test.each(['', 'Just words.', '- a\n- b', '- [x] a', '```\n- [ ] a\n```'])(
  '%j is no checklist with something to do',
  (text) => {
    expect(faultOf(() => readChecklist(text, 'todo.md', 'Todo'))).toContain('there is no open task in it');
  },
);

test.each(['- [ ]a', '* [] a', '+ [ ] a', '\ufeff- [ ] a', '- [ ] a\r\n- [x] b\r\n', '9) [ ] a'])(
  '%j is an open item',
  (text) => {
    expect(readChecklist(text, 'todo.md', 'Todo').plan.segments.map(({ title }) => title)).toEqual(['a']);
  },
);

test('a link that looks like a box is a link', () => {
  expect(faultOf(() => readChecklist('- [x](https://a.example)\n- [](b)', 'todo.md', 'Todo'))).toContain(
    'there is no open task in it',
  );
});

test('what is said of a list cannot write to the terminal', () => {
  const said = saidOf(readChecklist('- [ ] a\n- [x] b\u001b[2J\u001b]0;x\u0007\n', 'todo.md', 'Todo'));
  expect(said).toContain('left out, because it is ticked: b (line 2)');
  expect(said).not.toContain('\u001b');
});

test('an epic has at most 2000 segments', () => {
  expect(faultOf(() => readChecklist('- [ ] a\n'.repeat(2_001), 'todo.md', 'Todo'))).toContain(
    'it has 2001 open tasks',
  );
});

test('a comment is in no text', () => {
  const { plan } = readChecklist(
    '# A\n\n<!-- for\nus -->\n\nIntro.\n\n- [ ] a\n\n  <!-- hidden -->\n\n  Shown.\n',
    'todo.md',
    'Todo',
  );
  expect([plan.epic.body, plan.segments[0]?.body]).toEqual(['Intro.', 'Shown.']);
});
