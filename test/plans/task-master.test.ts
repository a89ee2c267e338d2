import { expect, test } from 'vitest';
import { readTaskMaster } from '../../src/plans/task-master.ts';
import { faultOf, fileOf, saidOf, waitsOf } from './reading.ts';

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
const read = (value: unknown, tag?: string) =>
  readTaskMaster(typeof value === 'string' ? value : pretty(value), 'tasks.json', 'Shop', tag);
const task = (id: number | string, more: object = {}) => ({
  id,
  title: `Task ${id}`,
  description: '',
  status: 'pending',
  dependencies: [],
  ...more,
});

const LIST = {
  master: {
    tasks: [
      task(1, { status: 'done' }),
      task(2, {
        title: 'Take payments',
        description: 'Cards only.',
        details: 'The bank has a sandbox.',
        testStrategy: 'Pay one cent.',
        priority: 'critical',
        status: 'in-progress',
        dependencies: [1, '3'],
        complexity: 7,
        colour: 'red',
        subtasks: [
          task(1, { title: 'Ask the bank', status: 'done' }),
          task(2, {
            title: 'Send the amount',
            details: 'In cents.',
            acceptanceCriteria: '- never less',
            dependencies: [1, '3.1'],
          }),
        ],
      }),
      task('3', { priority: 'medium', dependencies: [4] }),
      task(4, { status: 'deferred' }),
      task(5, { status: 'cancelled' }),
    ],
    metadata: { description: 'A shop that takes cards' },
  },
  empty: { tasks: [] },
};

test('tasks of Task Master are a plan, with subtasks as criteria', () => {
  expect(fileOf(read(LIST))).toMatchInlineSnapshot(`
    "epic:
      title: Shop
      body: A shop that takes cards
    segments:
      take-payments:
        title: Take payments
        from: "2"
        priority: 0
        blocked-by: [task-3]
        criteria:
          - Send the amount
        body: |-
          Cards only.

          The bank has a sandbox.

          ## Test strategy

          Pay one cent.

          ## Steps

          ### 2.2 Send the amount

          In cents.

          Accepted when:

          - never less

          Not part of this task any more: 2.1 Ask the bank (done)
      task-3:
        title: Task 3
        from: "3"
        body: "Depends on the deferred task 4: Task 4"
    "
  `);
});

test('what the plan does not hold is said, with its line', () => {
  expect(saidOf(read(LIST))).toMatchInlineSnapshot(`
    "Read tasks as Task Master, tag master: 2 segments, 1 dependency, 1 criterion.
    - left out, because it is done: 1 (line 4)
    - the key \`colour\` is not in the plan: 2 (line 11)
    - no criterion, because this subtask is done: 2.1 (line 11)
    - somebody may have begun this task already: 2 (line 11)
    - depends on the deferred task 4, and the plan does not wait for it: 3 (line 47)
    - left out, because it is deferred: 4 (line 57)
    - left out, because it is cancelled: 5 (line 64)"
  `);
});

test('a subtask of another task is waited for as that task', () => {
  const tasks = [
    task(1, { subtasks: [task(1)] }),
    task(2, { dependencies: ['1.1'] }),
    task(3, { subtasks: [task(1, { dependencies: [1] }), task(2, { dependencies: [2, '3.1'] })] }),
  ];
  expect(waitsOf(read({ tasks }))).toEqual({ 1: [], 2: ['1'], 3: [] });
});

test('of several tags one has to be chosen', () => {
  const tags = {
    shop: { tasks: [task(1)] },
    web: { tasks: [task(1, { title: 'A page' })] },
    old: { tasks: [task(1, { status: 'done' })] },
  };
  expect(faultOf(() => read(tags))).toMatch(
    /several tags have open tasks. It has the tags shop, web and old.*\n.*\n.*--tag NAME/,
  );
  expect(faultOf(() => read(tags, 'wep'))).toContain('it has no tag wep; did you mean web?');
  expect(read(tags, 'web').plan).toMatchObject({ epic: { title: 'web' }, segments: [{ title: 'A page' }] });
});

test.each<readonly [string, unknown, string]>([
  ['JSON that does not end', '{\n"tasks": [', 'line 2: it is not valid JSON'],
  ['a missing comma', '{\n"tasks": [\n{"id": 1}\n{"id": 2}\n]}', 'line 4: it is not valid JSON'],
  ['a mark of a merge conflict', '{\n"tasks": [\n<<<<<<< HEAD\n]}', 'it is not valid JSON'],
  ['a task without a title', { tasks: [task(1), { id: 2 }] }, 'line 10: `title`: expected string, received undefined.'],
  [
    'a state of another version',
    { tasks: [task(1, { status: 'paused' })] },
    'line 3: `status`: expected one of the states of Task Master.',
  ],
  [
    'a priority of another version',
    { tasks: [task(1, { priority: 'P1' })] },
    'line 3: `priority`: expected `critical`',
  ],
  [
    'a subtask that is none',
    { tasks: [task(1, { subtasks: [7] })] },
    'line 9: `subtasks.0`: expected object, received number.',
  ],
  ['the same id twice', { tasks: [task(1), task('1')] }, 'line 10: the id 1 is already used on line 3.'],
  [
    'a task that is not there',
    { tasks: [task(1, { dependencies: [12] })] },
    'line 3: 1 depends on 12, which is not there',
  ],
  ['a task that waits for itself', { tasks: [task(1, { dependencies: [1] })] }, 'line 3: 1 depends on itself'],
  [
    'a cycle',
    { tasks: [task(1, { dependencies: [2] }), task(2, { dependencies: [1] })] },
    '1 → 2 → 1 wait for each other',
  ],
  [
    'a cycle of subtasks',
    {
      tasks: [
        task(1, { subtasks: [task(1, { dependencies: ['2.1'] })] }),
        task(2, { dependencies: ['1.1'], subtasks: [task(1)] }),
      ],
    },
    '1 → 2 → 1 wait for each other',
  ],
  ['nothing to do', { tasks: [task(1, { status: 'done' })] }, 'there is no open task in it'],
])('%s is refused', (_, value, says) => {
  expect(faultOf(() => read(value))).toContain(says);
});
