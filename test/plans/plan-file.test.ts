import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSpec } from '../../src/core/text/spec.ts';
import { issueBody, planFileTables, readPlanFile } from '../../src/plans/plan-file.ts';
import { Fault, formatFault } from '../../src/words/fault.ts';
import { issue } from '../core/facts.ts';
import { expectSoon, filled } from '../cpu.ts';

const faultOf = (source: string): string => {
  try {
    readPlanFile(source, 'epic.yml');
  } catch (fault) {
    if (fault instanceof Fault) return formatFault(fault);
    throw fault;
  }
  return 'no fault';
};

const segment = (lines: string): string => `epic: {title: Shop}\nsegments:\n  cart:\n    title: Cart\n${lines}`;

test.each([
  ['nothing', '', 'line 1: `the file`: expected keys and values'],
  ['YAML that does not end', 'epic: [', 'line 1:'],
  ['a key twice', 'epic: {title: a}\nepic: {title: b}', 'line 2: Map keys must be unique'],
  ['an alias', 'epic: &x {title: a}\nsegments: {a: *x}', 'aliases (`*name`) are not supported'],
  ['no segments', 'epic: {title: Shop}', '`segments` is missing'],
  ['segments, but none', 'epic: {title: Shop}\nsegments: {}', 'line 2: an epic needs at least one segment'],
  [
    'a segment without a title',
    'epic: {title: Shop}\nsegments:\n  cart: {}',
    'line 3: `segments.cart.title` is missing',
  ],
  [
    'a misspelt key',
    segment('    blockd-by: [a]'),
    'line 5: `blockd-by` is not a key of `segments.cart`; did you mean `blocked-by`?',
  ],
  [
    'a foreign key',
    'colour: red\nepic: {title: a}\nsegments: {a: {title: a}}',
    'line 1: `colour` is not a key; known here: epic, segments, reviewer',
  ],
  [
    'a name with capitals',
    'epic: {title: a}\nsegments:\n  Cart: {title: a}',
    'line 3: `segments.Cart`: a name has at most 63 characters',
  ],
  [
    'a blocker that is not there',
    segment('    blocked-by: [card]'),
    'line 5: there is no segment "card"; did you mean "cart"?',
  ],
  [
    'a blocker named like a property',
    segment('    blocked-by: [constructor]'),
    'line 5: there is no segment "constructor"',
  ],
  [
    'a rejection of nothing',
    `${segment('')}reviewer: {crat: {reject: no}}`,
    'line 5: there is no segment "crat"; did you mean "cart"?',
  ],
  ['a scope that is no list', segment('    files: src'), 'line 5: `segments.cart.files`: expected a list'],
  [
    'an empty title',
    'epic: {title: E}\nsegments: {a: {title: ""}}',
    '`segments.a.title`: expected text that is not empty.',
  ],
  ['a criterion that is no sentence', segment('    criteria: [[a]]'), 'expected a sentence, or an id and a sentence'],
])('a plan file with %s is refused at its line', (_what, source, says) => {
  expect(faultOf(source)).toContain(says);
});

test('all that is wrong is said at once', () => {
  const said = faultOf('epic: {titel: a}\nsegments:\n  a: {title: 1}\n  b: {title: b, blocked-by: [c]}');
  expect(said).toContain('line 1: `epic.title` is missing');
  expect(said).toContain('did you mean `title`?');
  expect(said).toContain('line 3: `segments.a.title`: expected text');
});

test('a plan file larger than it may be is refused unread', () => {
  expect(faultOf(`#${'x'.repeat(600_000)}`)).toContain('larger than');
});

test('a segment becomes an issue with front matter, text and criteria', () => {
  const plan = readPlanFile(
    segment(`    type: fix
    files: [src/cart.ts, "test/**"]
    conflicts-with: [pay]
    body: |
      Empty carts crash: "why?"
    criteria:
      - An empty cart costs nothing
      - CART-2: It says so
  pay: {title: Pay}
`),
    'epic.yml',
  );
  const [cart] = plan.segments;
  expect(cart && issueBody(cart, (name) => (name === 'pay' ? 8 : undefined))).toMatchInlineSnapshot(`
    "---
    slug: "cart"
    type: "fix"
    files:
      - "src/cart.ts"
      - "test/**"
    conflicts-with:
      - "#8"
    ---

    Empty carts crash: "why?"

    ## Acceptance criteria

    - [ ] An empty cart costs nothing
    - [ ] CART-2: It says so
    "
  `);
});

test('a segment without a text has its title as its task, unless its criteria are one', () => {
  const plan = readPlanFile(segment('  pay: {title: Pay}\n  till: {title: Till, criteria: [It opens]}\n'), 'epic.yml');
  const bodies = plan.segments.slice(1).map((each) => issueBody(each, () => undefined));
  expect(bodies).toEqual([
    '---\nslug: "pay"\n---\n\nPay\n',
    '---\nslug: "till"\n---\n\n## Acceptance criteria\n\n- [ ] It opens\n',
  ]);
  for (const [index, body] of bodies.entries()) {
    const { diagnostics } = readSpec(issue(2, { title: plan.segments[index + 1]?.title ?? '', body }));
    expect(diagnostics.filter(({ level }) => level === 'error')).toEqual([]);
  }
});

test('an id of another tool is named in the issue', () => {
  const [cart] = readPlanFile(segment('    from: bd-7.1\n    body: The task.\n'), 'epic.yml').segments;
  expect(cart && issueBody(cart, () => undefined)).toContain('The task.\n\nImported from `bd-7.1`.\n');
  expect(faultOf(segment('    from: "a`b"\n'))).toContain(
    'an id has at most 200 characters, without spaces and backticks',
  );
});

test('the example of the demo is a plan: eight segments, two of which change the same file', () => {
  const plan = readPlanFile(readFileSync('examples/parcel-desk.epic.yml', 'utf8'), 'parcel-desk.epic.yml');
  expect(plan.segments).toHaveLength(8);
  const files = plan.segments.filter((each) => each.blockedBy.length > 0).map((each) => each.spec.files);
  expect(files.flat().filter((file) => file === 'src/routes.ts')).toHaveLength(3);
  expect(Object.keys(plan.rejections)).toEqual(['labels']);
});

test('the documented keys are the keys', () => {
  expect(readFileSync('docs/plan-file.md', 'utf8')).toContain(planFileTables());
});

test.each(['? ', '- ', '[', '{a: ', ',', 'a: b: c\n'])(
  'a plan file made to take forever is refused at once: %j',
  (piece) => {
    const source = filled(piece, 512 * 1024);
    expect(expectSoon(() => faultOf(source), 5_000)).toContain('cannot be read');
  },
);
