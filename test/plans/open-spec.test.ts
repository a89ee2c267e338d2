import { expect, test } from 'vitest';
import { isOpenSpec, readOpenSpec } from '../../src/plans/open-spec.ts';
import { faultOf, fileOf, saidOf } from './reading.ts';

const TASKS = `## 1. Prices

- [x] 1.1 Read the price list
- [ ] 1.2 Round to a cent, and test it
  - half a cent is rounded up

## 2. Receipt

Receipts are printed on paper of 80 mm.

- [ ] 2.1 Print the \`total\`
* [ ] 2.2 Print the tax
- no box

## 3. Done already

- [x] 3.1 Buy paper

## Later

Nothing yet.
`;
const PROPOSAL = `# Change: Receipts with tax

## Why

The law asks for:

- the tax
- the total

## What Changes

Much.
`;

const read = (text: string, proposal = PROPOSAL) =>
  readOpenSpec(text, 'tasks.md', 'add-receipts', proposal, ['openspec/changes/add-receipts/proposal.md']);

test('a change of OpenSpec is a plan with a segment for each section', () => {
  expect(isOpenSpec(TASKS)).toBe(true);
  expect(fileOf(read(TASKS))).toMatchInlineSnapshot(`
    "epic:
      title: Receipts with tax
      body: |-
        ---
        context:
          - "openspec/changes/add-receipts/proposal.md"
        ---

        The law asks for:

        - the tax
        - the total

        The change \`add-receipts\`.
    segments:
      prices:
        title: Prices
        from: "1"
        criteria:
          - 1.2 Round to a cent, and test it
        body: |-
          1.2:

          - half a cent is rounded up

          Already done: 1.1 Read the price list
      receipt:
        title: Receipt
        from: "2"
        blocked-by: [prices]
        criteria:
          - 2.1 Print the \`total\`
          - 2.2 Print the tax
        body: Receipts are printed on paper of 80 mm.
    "
  `);
});

test('what the plan does not hold is said, with its line', () => {
  expect(saidOf(read(TASKS))).toMatchInlineSnapshot(`
    "Read tasks as OpenSpec: 2 segments, 1 dependency, 3 criteria.
    - left out, because it is ticked: 1.1 (line 3), 3.1 (line 17)
    - left out, because it has no box: no box (line 13)
    - has no boxes, so its text is not in the plan: Later (line 19)
    - OpenSpec does not say what can run at the same time, so each section waits for the one before. Remove \`blocked-by\` where it need not"
  `);
});

test('a change without a heading is named after its folder, and sections may share a number', () => {
  const { plan } = read('- [ ] 1.1 a\n\n## 1. One\n- [ ] 1.1 b\n\n## 1. Two\n- [ ] 1.1 c\n', '');
  expect(plan.epic.title).toBe('Add receipts');
  expect(plan.segments.map(({ title, from, blockedBy }) => [title, from, blockedBy])).toEqual([
    ['Add receipts', undefined, []],
    ['One', '1', ['add-receipts']],
    ['Two', undefined, ['one']],
  ]);
});

test('a change that is done is refused', () => {
  expect(faultOf(() => read('## 1. One\n- [x] 1.1 a\n'))).toContain('there is no open task in it');
});
