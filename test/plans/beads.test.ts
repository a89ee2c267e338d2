import { expect, test } from 'vitest';
import { readBeads } from '../../src/plans/beads-import.ts';
import { faultOf, fileOf, saidOf, waitsOf } from './reading.ts';

type Bead = Readonly<Record<string, unknown>>;
const lines = (...beads: readonly (Bead | string)[]): string =>
  beads.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join('');
const bead = (id: string, more: Bead = {}): Bead => ({
  id,
  title: `Issue ${id}`,
  status: 'open',
  priority: 2,
  issue_type: 'task',
  ...more,
});
const on = (id: string, type = 'blocks'): Bead => ({ depends_on_id: id, type });
const below = (id: string): Bead => on(id, 'parent-child');
const read = (text: string, epic?: string) => readBeads(text, 'issues.jsonl', 'Shop', epic);

const SHOP = lines(
  { _schema: 'beads-jsonl/1' },
  bead('shop-1', {
    _type: 'issue',
    title: 'The shop takes cards',
    issue_type: 'epic',
    description: 'People carry no cash.',
    labels: ['2027'],
    dependencies: [on('shop-9', 'related')],
  }),
  bead('shop-1.1', {
    title: 'Take payments',
    description: 'Cards only.',
    design: 'Ask the bank.',
    notes: 'The bank is slow.',
    acceptance_criteria: '- PAY-1: One cent can be paid\n- [x] a receipt is sent:\n  - by mail',
    priority: 0,
    issue_type: 'feature',
    estimated_minutes: 90,
    labels: ['money'],
    assignee: 'ana',
    due_at: '2027-01-01T00:00:00Z',
    dependencies: [
      below('shop-1'),
      on('shop-1.2'),
      on('shop-8'),
      on('shop-9'),
      on('shop-1.1', 'discovered-from'),
      on('external:bank:api'),
    ],
  }),
  bead('shop-1.2', { title: 'A group', dependencies: [below('shop-1'), on('shop-1.4')] }),
  bead('shop-1.3', {
    issue_type: 'bug',
    priority: 4,
    status: 'in_progress',
    acceptance_criteria: 'It works.\nAlways.',
    dependencies: [below('shop-1.2'), on('shop-1', 'tracks')],
  }),
  bead('shop-1.4', {
    issue_type: 'spike',
    estimated_minutes: 120,
    dependencies: [below('shop-1'), on('shop-7', 'conditional-blocks')],
  }),
  bead('shop-7', { title: 'Elsewhere', status: 'deferred' }),
  bead('shop-8', { status: 'closed', closed_at: '2026-01-01T00:00:00Z' }),
  bead('shop-9', { title: 'Another matter' }),
  { _type: 'memory', key: 'a', value: 'b' },
  bead('shop-5', { status: 'tombstone' }),
);

test('an epic of Beads is a plan: ids, dependencies, priorities, labels and criteria are kept (R9.5)', () => {
  expect(fileOf(read(SHOP))).toMatchInlineSnapshot(`
    "epic:
      title: The shop takes cards
      from: shop-1
      labels: ["2027"]
      body: People carry no cash.
    segments:
      take-payments:
        title: Take payments
        from: shop-1.1
        type: feat
        priority: 0
        estimate: 90m
        blocked-by: [issue-shop-1-3]
        labels: [money]
        criteria:
          - PAY-1: One cent can be paid
          - "a receipt is sent: by mail"
        body: |-
          Cards only.

          ## Design

          Ask the bank.

          ## Notes

          The bank is slow.

          Blocked by shop-9, outside of this plan: Another matter
          Discovered from: shop-1.1 Take payments
          Blocked by external:bank:api, outside of this plan.
      issue-shop-1-3:
        title: Issue shop-1.3
        from: shop-1.3
        type: fix
        priority: 3
        blocked-by: [issue-shop-1-4]
        criteria:
          - It works.
          - Always.
        body: "Tracks: shop-1 The shop takes cards"
      issue-shop-1-4:
        title: Issue shop-1.4
        from: shop-1.4
        worker: research
        estimate: 2h
        body: "Is only needed if shop-7 fails: Elsewhere"
    "
  `);
});

test('what the plan does not hold is said, with its line', () => {
  expect(saidOf(read(SHOP))).toMatchInlineSnapshot(`
    "Read tasks as Beads: 3 segments, 2 dependencies, 4 criteria.
    - left out, because it is a memory and no issue: memory (line 10)
    - left out, because it was deleted: shop-5 (line 11)
    - a group: the issues below it are segments, and its own text is not in the plan: shop-1.2 (line 4)
    - left out, because it is not below shop-1: shop-9 (line 9)
    - is blocked by shop-9, which is not in the plan, so the plan does not wait for it: shop-1.1 (line 3)
    - the link \`discovered-from\` holds nothing back, and is a line of the text: shop-1.1 (line 3)
    - is blocked by external:bank:api of another project, and the plan does not wait for it: shop-1.1 (line 3)
    - the field \`assignee\` is not in the plan: shop-1.1 (line 3)
    - the field \`due_at\` is not in the plan: shop-1.1 (line 3)
    - criteria that are ticked are open in the plan: shop-1.1 (line 3)
    - the link \`tracks\` holds nothing back, and is a line of the text: shop-1.3 (line 5)
    - somebody may have begun this issue already: shop-1.3 (line 5)
    - its priority 4 is 3 in the plan, the lowest: shop-1.3 (line 5)
    - is only to be done if another issue fails, which a plan cannot say: shop-1.4 (line 6)
    - the epic's link \`related\` to shop-9 is not in the plan: shop-1 (line 2)"
  `);
});

test('to wait for a group is to wait for all issues below it, and a group waits as each of them', () => {
  const text = lines(
    bead('a', { issue_type: 'epic' }),
    bead('g', { dependencies: [below('a'), on('x')] }),
    bead('h', { dependencies: [below('g')] }),
    ...['p', 'q'].map((id) => bead(id, { dependencies: [below('h')] })),
    bead('x', { dependencies: [below('a')] }),
    bead('y', { dependencies: [below('a'), on('g', 'waits-for')] }),
  );
  expect(waitsOf(read(text))).toEqual({ p: ['x'], q: ['x'], x: [], y: ['p', 'q'] });
});

test('of several open epics one has to be chosen; a file without any is one', () => {
  const two = lines(
    bead('a'),
    bead('a.1', { dependencies: [below('a')] }),
    bead('b'),
    bead('b.1', { dependencies: [below('b')] }),
    bead('c', { status: 'closed' }),
  );
  expect(faultOf(() => read(two))).toMatch(/several open epics: a \(Issue a\) and b \(Issue b\).*\n.*\n.*--epic ID/);
  expect(faultOf(() => read(two, 'd'))).toContain('it has no issue d. Its open epics are a');
  expect(faultOf(() => read(two, 'c'))).toContain('line 5: c would be left out, because it is closed');
  expect(waitsOf(read(two, 'b'))).toEqual({ 'b.1': [] });
  expect(saidOf(read(two, 'b'))).toContain('- left out, because it is not below b: a (line 1), a.1 (line 2)');
  expect(read(lines(bead('a'), bead('b'))).plan).toMatchObject({
    epic: { title: 'Shop' },
    segments: [{ from: 'a' }, { from: 'b' }],
  });
  expect(read(two, 'a.1').plan).toMatchObject({ epic: { title: 'Issue a.1' }, segments: [{ from: 'a.1' }] });
});

test.each<readonly [string, string, string]>([
  ['a line that is not JSON', lines(bead('a'), '{"id": '), 'line 2: it is not valid JSON.'],
  [
    'a merge conflict',
    lines('<<<<<<< HEAD', bead('a'), '=======', bead('a'), '>>>>>>> main'),
    'line 1: it is not valid JSON, but a mark of a merge conflict.',
  ],
  ['a list', '[]\n', 'line 1: expected an issue as a JSON object.'],
  ['an issue without a title', lines({ id: 'a' }), 'line 1: `title`: expected string, received undefined.'],
  ['a priority as text', lines(bead('a', { priority: 'P1' })), 'line 1: `priority`: expected a number from 0 to 4.'],
  [
    'a later version',
    lines({ _schema: 'beads-jsonl/2' }, bead('a')),
    'line 1: the file has the version beads-jsonl/2; known is beads-jsonl/1.',
  ],
  ['an id twice', lines(bead('a'), bead('b'), bead('a')), 'line 3: the id a is already used on line 1.'],
  [
    'an issue that is not there',
    lines(bead('shop-1'), bead('shop-2', { dependencies: [on('shop-3')] })),
    'line 2: shop-2 depends on shop-3, which is not there; did you mean shop-1?',
  ],
  ['an issue that waits for itself', lines(bead('a', { dependencies: [on('a')] })), 'line 1: a depends on itself.'],
  [
    'a cycle',
    lines(
      bead('a', { dependencies: [on('b')] }),
      bead('b', { dependencies: [on('c')] }),
      bead('c', { dependencies: [on('a')] }),
    ),
    'a → b → c → a wait for each other',
  ],
  ['nothing to do', lines(bead('a', { status: 'closed' })), 'there is no open task in it'],
  [
    'dependencies as `bd show --json` writes them',
    lines(bead('a', { dependencies: [{ id: 'b', dependency_type: 'blocks' }] }), bead('b')),
    'line 1: `dependencies.0.depends_on_id`: expected string',
  ],
])('%s is refused', (_, text, says) => {
  expect(faultOf(() => read(text))).toContain(says);
});

test('parents in a circle do not hang', () => {
  const text = lines(
    bead('a', { dependencies: [below('b')] }),
    bead('b', { dependencies: [below('a'), on('c')] }),
    bead('c'),
  );
  expect(waitsOf(read(text))).toEqual({ c: [] });
});

test('metadata that nobody exported is said and not taken', () => {
  const text = lines(
    bead('a', { metadata: { swarm: { files: 'src' }, other: 1 } }),
    bead('b', { metadata: { swarm: { files: ['src/b.ts'], name: 'beta' } } }),
  );
  expect(read(text).plan.segments.map(({ name, spec }) => [name, spec.files])).toEqual([
    ['issue-a', undefined],
    ['beta', ['src/b.ts']],
  ]);
  expect(saidOf(read(text))).toContain(
    '`metadata.swarm` is not as `swarm export` writes it, and is not in the plan: a (line 1)',
  );
});

test('foreign text cannot write to the terminal', () => {
  const text = lines(bead('a', { title: 'x\u001b[2J', assignee: 'me', issue_type: 'a\u001b[31m\nb' }));
  expect(saidOf(read(text))).not.toMatch(/[\u001b\r]/);
});

test.each<readonly [Bead, string]>([
  [{ ephemeral: true }, 'it is ephemeral'],
  [{ wisp: true }, 'it is ephemeral'],
  [{ pinned: true }, 'it is pinned'],
  [{ status: 'pinned' }, 'it is pinned'],
  [{ is_template: true }, 'it is a template'],
  [{ issue_type: 'gate' }, 'it belongs to the machinery of Beads'],
])('an issue with %j is left out', (more, why) => {
  const imported = read(lines(bead('a'), bead('b', more)));
  expect(imported.plan.segments.map(({ from }) => from)).toEqual(['a']);
  expect(saidOf(imported)).toMatch(new RegExp(`- left out, because ${why}.*: b \\(line 2\\)`));
});
