import { expect, test } from 'vitest';
import { readSpec } from '../../src/core/text/spec.ts';
import { issueBody } from '../../src/plans/plan-file.ts';
import { isSpecKit, readSpecKit } from '../../src/plans/spec-kit.ts';
import { issue } from '../core/facts.ts';
import { faultOf, fileOf, saidOf, waitsOf } from './reading.ts';

const FEATURE = `# Tasks: Parcels can be returned

**Input**: the documents in \`specs/004-returns/\`

## How to read this

- **[P]**: beside others

## Phase 1: Groundwork

**Purpose**: What all stories share

- [x] T001 Set up the table of returns in db/returns.sql
- [ ] T002 Add the configuration to src/config.ts
- [ ] T003 [P] Write down the words of the field

## Phase 2: User Story 1, a customer sends a parcel back (P1)

**Goal**: A parcel goes back to its sender

### Tests for User Story 1

- [ ] T004 [P] [US1] Test of the route in \`test/returns.test.ts\`

### Implementation

- [ ] T005 [P] [US1] Model of a return in src/returns/model.ts, with a reason
      that the customer chooses
  - the reason is one of five
  - [ ] an unknown reason is refused
  - [x] the table is there
- [ ] T006 [P] [US1] Label in src/returns/label.ts
- [ ] T007 [US1] Route in src/routes.ts (depends on T002, T005-T006)

**Checkpoint**: A parcel can go back

## Dependencies

- Groundwork comes first

## Checklist of the author

- [x] every task has a path
`;

const read = (text: string) => readSpecKit(text, 'tasks.md', 'Returns', ['specs/004-returns/spec.md']);

test('a feature of Spec Kit is a plan, phase by phase', () => {
  expect(isSpecKit(FEATURE)).toBe(true);
  expect(fileOf(read(FEATURE))).toMatchInlineSnapshot(`
    "epic:
      title: Parcels can be returned
      body: |-
        ---
        context:
          - "specs/004-returns/spec.md"
        ---

        **Input**: the documents in \`specs/004-returns/\`

        Tasks of the feature \`Returns\`.
    segments:
      add-the-configuration-to-src-config-ts:
        title: Add the configuration to src/config.ts
        from: T002
        body: |-
          Probably in \`src/config.ts\`.

          Part of: Phase 1: Groundwork
          **Purpose**: What all stories share
      write-down-the-words-of-the-field:
        title: Write down the words of the field
        from: T003
        body: |-
          Part of: Phase 1: Groundwork
          **Purpose**: What all stories share
      test-of-the-route-in-test-returns-test:
        title: Test of the route in \`test/returns.test.ts\`
        from: T004
        blocked-by: [add-the-configuration-to-src-config-ts, write-down-the-words-of-the-field]
        body: |-
          Probably in \`test/returns.test.ts\`.

          Part of: Phase 2: User Story 1, a customer sends a parcel back (P1), Tests for User Story 1 [US1]
          **Goal**: A parcel goes back to its sender
      model-of-a-return-in-src-returns-model:
        title: Model of a return in src/returns/model.ts, with a reason that the customer chooses
        from: T005
        blocked-by: [test-of-the-route-in-test-returns-test]
        criteria:
          - an unknown reason is refused
        body: |-
          Probably in \`src/returns/model.ts\`.

          - the reason is one of five

          Part of: Phase 2: User Story 1, a customer sends a parcel back (P1), Implementation [US1]
          **Goal**: A parcel goes back to its sender
          **Checkpoint**: A parcel can go back
      label-in-src-returns-label-ts:
        title: Label in src/returns/label.ts
        from: T006
        blocked-by: [test-of-the-route-in-test-returns-test]
        body: |-
          Probably in \`src/returns/label.ts\`.

          Part of: Phase 2: User Story 1, a customer sends a parcel back (P1), Implementation [US1]
          **Goal**: A parcel goes back to its sender
          **Checkpoint**: A parcel can go back
      route-in-src-routes-ts-depends-on-t002:
        title: Route in src/routes.ts (depends on T002, T005-T006)
        from: T007
        blocked-by: [model-of-a-return-in-src-returns-model, label-in-src-returns-label-ts]
        body: |-
          Probably in \`src/routes.ts\`.

          Part of: Phase 2: User Story 1, a customer sends a parcel back (P1), Implementation [US1]
          **Goal**: A parcel goes back to its sender
          **Checkpoint**: A parcel can go back
    "
  `);
});

test('what the plan does not hold is said, with its line', () => {
  expect(saidOf(read(FEATURE))).toMatchInlineSnapshot(`
    "Read tasks as Spec Kit: 6 segments, 6 dependencies, 1 criterion.
    - has no tasks, so its text is not in the plan, and neither is what it says about order: How to read this (line 5), Dependencies (line 37), Checklist of the author (line 41)
    - left out, because it is ticked: T001 (line 13), the table is there (line 31)
    - may be tests that have to fail at first. Gates have to pass before anything is merged; move such tests into the task that makes them pass: T004 (line 23)
    - left out, because it has no task id: every task has a path (line 43)"
  `);
});

const tasks = (...lines: readonly string[]): string => lines.join('\n');

test.each<readonly [string, string, Record<string, string[]>]>([
  [
    'tasks without [P] wait for all before them in the step',
    tasks('## One', '- [ ] T001 a', '- [ ] T002 [P] b', '- [ ] T003 [P] c', '- [ ] T004 d', '- [ ] T005 e'),
    { T001: [], T002: [], T003: [], T004: ['T001', 'T002', 'T003'], T005: ['T004'] },
  ],
  [
    'a later phase waits for the earlier one',
    tasks('## One', '- [ ] T001 [P] a', '- [ ] T002 [P] b', '## Two', '- [ ] T003 [P] c', '- [ ] T004 [P] d'),
    { T001: [], T002: [], T003: ['T001', 'T002'], T004: ['T001', 'T002'] },
  ],
  [
    'a phase that is done holds nothing back',
    tasks('## One', '- [ ] T001 a', '## Two', '- [x] T002 b', '## Three', '- [ ] T003 c (depends on T002)'),
    { T001: [], T003: ['T001'] },
  ],
  [
    'a range of ids is all of them, and what is waited for anyway is not repeated',
    tasks(
      '## One',
      '- [ ] T001 [P] a',
      '- [ ] T002 [P] b',
      '- [ ] T003 [P] c',
      '- [ ] T004 [P] d (after T001 to T003)',
      '- [ ] T005 e, depends on T001',
    ),
    { T001: [], T002: [], T003: [], T004: ['T001', 'T002', 'T003'], T005: ['T001', 'T002', 'T003', 'T004'] },
  ],
  [
    'words that only mention a task are no dependency',
    tasks('- [ ] T001 [P] a', '- [ ] T002 [P] written before T001'),
    { T001: [], T002: [] },
  ],
])('%s', (_, text, waits) => {
  expect(waitsOf(read(text))).toEqual(waits);
});

test.each([
  ['the same id twice', tasks('- [ ] T001 a', '- [ ] T001 b'), 'line 2: the id T001 is already used on line 1.'],
  ['the same id, once ticked', tasks('- [x] T001 a', '- [ ] T001 b'), 'line 2: the id T001 is already used on line 1.'],
  [
    'a task that is not there',
    tasks('- [ ] T001 a (depends on T011)'),
    'line 1: T001 depends on T011, which is not there; did you mean T001?',
  ],
  ['a cycle', tasks('- [ ] T001 a (depends on T002)', '- [ ] T002 b'), 'T001 → T002 → T001 wait for each other.'],
  ['nothing that is open', tasks('- [x] T001 a'), 'there is no open task in it.'],
])('%s is refused', (_, text, says) => {
  expect(faultOf(() => read(text))).toContain(says);
});

test.each([
  ['a file beside a document of the feature', 'Read specs/004/plan.md and change `src/a.ts`.', ['src/a.ts']],
  [
    'a directory with a slash',
    'Tidy **src/cart/** and [its test](test/cart.test.ts)',
    ['src/cart/', 'test/cart.test.ts'],
  ],
  ['a file at the root', 'Add zod to package.json', ['package.json']],
  [
    'an address, a route, a version and an alternative',
    'See https://a.example/b.ts, GET /api/v1/cart, 1.2/3 and and/or',
    undefined,
  ],
  ['a way out of the repository', 'Change ../other/a.ts and a/../b.ts', undefined],
])('paths in a text are a guess, and no rule: %s', (_, text, files) => {
  const [segment] = read(`- [ ] T001 ${text}`).plan.segments;
  expect(segment?.spec.files).toBeUndefined();
  expect(/^Probably in (.*)\.$/m.exec(segment?.body ?? '')?.[1]?.match(/[^`, ]+/g)).toEqual(files);
});

test('Swarm guesses from these paths what a segment changes', () => {
  const [segment] = read('- [ ] T001 Add zod to src/schema.ts').plan.segments;
  const body = segment ? issueBody(segment, () => undefined) : '';
  expect(readSpec(issue(2, { body })).spec).toMatchObject({ files: ['src/**'], filesFrom: 'inferred' });
});

test('items in code, quotes and comments are no tasks', () => {
  const text = tasks(
    '- [ ] T001 a',
    '',
    '```',
    '- [ ] T002 b',
    '```',
    '',
    '> - [ ] T003 c',
    '',
    '<!--',
    '- [ ] T004 d',
    '-->',
  );
  expect(waitsOf(read(text))).toEqual({ T001: [] });
});

test('all text is in the plan, or is said not to be', () => {
  const found = read(
    tasks(
      '# Tasks: X',
      '',
      'Intro.',
      '## Strategy',
      '**MVP**: this',
      '## One',
      '**Goal**: long',
      'and longer',
      '',
      'Stray.',
      '### Step',
      '**Why**: w',
      '- [ ] T001 a',
      '- no box',
      '## Two',
      '- [x] T002 b',
    ),
  );
  expect(found.plan.epic.body).toContain('Intro.');
  expect(found.plan.segments.map(({ body }) => body)).toEqual([
    'Part of: One, Step\n**Goal**: long\nand longer\n**Why**: w',
  ]);
  expect(saidOf(found).split('\n').slice(1)).toEqual([
    '- has no tasks, so its text is not in the plan, and neither is what it says about order: Strategy (line 4)',
    '- has text beside its tasks that is not in the plan: One (line 6)',
    '- left out, because it has no box: no box (line 14)',
    '- left out, because it is ticked: T002 (line 16)',
  ]);
});
