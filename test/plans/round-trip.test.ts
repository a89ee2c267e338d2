/** A plan that goes out and comes back loses nothing that both sides can hold. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeBeads } from '../../src/plans/beads-export.ts';
import { readBeads } from '../../src/plans/beads-import.ts';
import { readOutcome } from '../../src/plans/outcome.ts';
import { type PlanFile, readPlanFile } from '../../src/plans/plan-file.ts';
import { writePlanFile, writePlanJson } from '../../src/plans/write.ts';
import { faultOf } from './reading.ts';

const NOW = '2026-12-01T10:00:00Z';
const toBeads = (plan: PlanFile, into?: string): string => {
  return writeBeads({
    plan,
    outcome: undefined,
    into: into === undefined ? undefined : { source: into, file: 'issues.jsonl' },
    now: NOW,
  }).text;
};

const word = fc.stringMatching(/^[A-Za-z][a-z]{0,8}$/);
const sentence = fc
  .array(fc.oneof(word, fc.constantFrom('#12', 'a:', '"so"', '– é', '`x`', '- b', '[P]', '*c*')), {
    minLength: 1,
    maxLength: 6,
  })
  .map((words) => `Say ${words.join(' ')}`.replace(/:$/, '.'));
const text = fc
  .array(fc.oneof(sentence, fc.constantFrom('', '  - indented', '```', '## Notes')), { maxLength: 5 })
  .map((all) => all.join('\n').trim());
const segment = fc.record(
  {
    title: sentence,
    body: text,
    type: fc.constantFrom('feat', 'fix', 'chore', 'docs', 'test'),
    worker: fc.constantFrom('research', 'tests'),
    files: fc.uniqueArray(
      word.map((name) => `src/${name}.ts`),
      { minLength: 1, maxLength: 3 },
    ),
    priority: fc.constantFrom(0, 1, 3),
    estimate: fc.constantFrom('20m', '2h', '1h30m', '120m', 'a day'),
    labels: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
    slug: word.map((name) => name.toLowerCase()),
    tdd: fc.boolean(),
    parallel: fc.boolean(),
    context: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }),
    criteria: fc.array(fc.oneof(sentence, fc.record({ 'AC-1': sentence })), { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['title'] },
);

/** A plan whose segments wait for earlier ones only. */
const planFile = fc
  .record({
    epic: fc.record(
      { title: sentence, body: text, labels: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }) },
      { requiredKeys: ['title'] },
    ),
    names: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/), { minLength: 1, maxLength: 7 }),
    segments: fc.array(segment, { minLength: 7, maxLength: 7 }),
    edges: fc.array(fc.tuple(fc.nat(6), fc.nat(6))),
    conflicts: fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 2 }),
    reviewer: fc.boolean(),
  })
  .map(({ epic, names, segments, edges, conflicts, reviewer }) => {
    const linked = (pairs: readonly (readonly [number, number])[], index: number) => [
      ...new Set(
        pairs.flatMap(([from, on]) =>
          Math.max(from, on) === index && from !== on ? (names[Math.min(from, on)] ?? []) : [],
        ),
      ),
    ];
    return {
      epic,
      segments: Object.fromEntries(
        names.map((name, index) => [
          name,
          { ...segments[index], 'blocked-by': linked(edges, index), 'conflicts-with': linked(conflicts, index) },
        ]),
      ),
      ...(reviewer ? { reviewer: { [names[0] ?? '']: { reject: 'Once more.' } } } : {}),
    };
  });
const plan = planFile.map((value) => readPlanFile(JSON.stringify(value), 'epic.yml'));

test('a plan file that is written is read as the same plan, as YAML and as JSON', () => {
  fc.assert(
    fc.property(plan, (each) => {
      expect(readPlanFile(writePlanFile(each), 'epic.yml')).toEqual(each);
      expect(readPlanFile(writePlanJson(each), 'epic.json')).toEqual(each);
    }),
  );
});

/** Beads has no reviewer, and gives every issue an id. */
const heldByBeads = ({ epic, segments }: PlanFile) => ({
  epic: { ...epic, from: undefined },
  segments: segments.map((each) => ({ ...each, from: undefined })),
});

test('a plan that goes to Beads comes back as it was (R9.5)', () => {
  fc.assert(
    fc.property(plan, (each) => {
      const back = readBeads(toBeads(each), 'issues.jsonl', 'x', undefined).plan;
      expect(heldByBeads(back)).toEqual(heldByBeads(each));
    }),
  );
});

test('a plan from Beads goes back as it was, and a second time', () => {
  fc.assert(
    fc.property(plan, (each) => {
      const first = toBeads(each);
      const again = toBeads(readBeads(first, 'issues.jsonl', 'x', undefined).plan);
      expect(
        again
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ).toEqual(
        first
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      );
    }),
  );
});

const SHOP = [
  { _schema: 'beads-jsonl/1' },
  { id: 'bd-1', title: 'Shop', issue_type: 'epic', priority: 1, assignee: 'ana', created_at: '2026-01-01T00:00:00Z' },
  {
    id: 'bd-2',
    title: 'Cart',
    priority: 4,
    notes: 'x',
    future: { deep: [1] },
    dependencies: [{ issue_id: 'bd-2', depends_on_id: 'bd-1', type: 'parent-child', created_by: 'bo' }],
  },
  {
    id: 'bd-3',
    title: 'Pay',
    dependencies: [
      { issue_id: 'bd-3', depends_on_id: 'bd-1', type: 'parent-child' },
      { depends_on_id: 'bd-2', type: 'blocks' },
    ],
  },
  { id: 'bd-9', title: 'Another', status: 'closed' },
]
  .map((each) => JSON.stringify(each).replace('"Pay"', '"P\\u0061y"'))
  .join('\n');

const outcome = (state: 'open' | 'closed', segments: readonly object[]): string =>
  JSON.stringify({ epic: { number: 1, state }, waves: [{ number: 1, segments }] });
const cart = { name: 'cart', issue: 2, title: 'Cart', status: 'merged', pr: 7, branch: 'feat/cart' };

test('the outcome is written into the file that the plan came from, and nothing else in it changes', () => {
  const { plan: shop } = readBeads(SHOP, 'issues.jsonl', 'x', undefined);
  const run = (state: 'open' | 'closed', ...segments: readonly object[]) =>
    writeBeads({
      plan: shop,
      outcome: readOutcome(outcome(state, segments), 'run.json', shop),
      into: { source: SHOP, file: 'issues.jsonl' },
      now: NOW,
    });
  const before = SHOP.split('\n');
  const { text, notes } = run('open', cart, { ...cart, name: 'pay', status: 'blocked' });
  const after = text.trimEnd().split('\n');
  expect(after.toSpliced(2, 1)).toEqual(before.toSpliced(2, 1));
  expect(JSON.parse(after[2] ?? '')).toEqual({
    ...JSON.parse(before[2] ?? ''),
    ...{
      status: 'closed',
      closed_at: NOW,
      updated_at: NOW,
      close_reason: 'Merged by Swarm (pull request #7, feat/cart)',
    },
  });
  expect(notes).toEqual([{ says: 'closed', places: [{ name: 'bd-2', line: 3 }] }]);
  // Another import finds only what is left.
  expect(
    readBeads(text, 'issues.jsonl', 'x', undefined).plan.segments.map(({ from, blockedBy }) => [from, blockedBy]),
  ).toEqual([['bd-3', []]]);
  const all = run('closed', cart, { ...cart, name: 'pay', status: 'skipped', pr: null }, { ...cart, name: null });
  expect(
    all.text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line))
      .map(({ id, status, close_reason: why }) => [id, status, why]),
  ).toEqual([
    ['bd-1', 'closed', 'Accepted in Swarm'],
    ['bd-2', 'closed', 'Merged by Swarm (pull request #7, feat/cart)'],
    ['bd-3', 'closed', 'Skipped by a person (issue #2)'],
    ['bd-9', 'closed', undefined],
  ]);
});

test('an issue that a person closed keeps their reason', () => {
  const { plan: shop } = readBeads(SHOP, 'issues.jsonl', 'x', undefined);
  const closed = SHOP.replace('"title":"Cart"', '"title":"Cart","status":"closed","close_reason":"ours"');
  const into = { source: closed, file: 'issues.jsonl' };
  expect(
    writeBeads({ plan: shop, outcome: readOutcome(outcome('open', [cart]), 'r', shop), into, now: NOW }).text,
  ).toBe(closed);
});

test.each(['', '\n', '\n\n'])('a file that ends in %j, or has other line ends, keeps them', (end) => {
  const { plan: shop } = readBeads(SHOP, 'issues.jsonl', 'x', undefined);
  const crlf = `${SHOP.replaceAll('\n', '\r\n')}${end}`;
  expect(toBeads(shop, crlf)).toBe(crlf);
  const into = { source: crlf, file: 'issues.jsonl' };
  const closed = writeBeads({
    plan: shop,
    outcome: readOutcome(outcome('open', [cart]), 'r', shop),
    into,
    now: NOW,
  }).text;
  expect(closed.split('\r\n').toSpliced(2, 1)).toEqual(crlf.split('\r\n').toSpliced(2, 1));
});

test('what an earlier export added is found again, and not added twice', () => {
  fc.assert(
    fc.property(plan, (each) => {
      const file = toBeads(each);
      expect(toBeads(each, file)).toBe(file);
    }),
  );
});

test('a segment that the file does not have is added to it, with an id of its own', () => {
  const { plan: shop } = readBeads(SHOP, 'issues.jsonl', 'x', undefined);
  const more = {
    ...shop,
    segments: [
      ...shop.segments,
      { ...shop.segments[0], name: '9', from: undefined, title: 'More', blockedBy: ['pay'] },
    ],
  } as unknown as PlanFile;
  const added = toBeads(more, SHOP)
    .trimEnd()
    .split('\n')
    .slice(5)
    .map((line) => JSON.parse(line));
  expect(added).toMatchObject([
    {
      id: 'bd-9-2',
      title: 'More',
      dependencies: [{ depends_on_id: 'bd-1' }, { depends_on_id: 'bd-3', type: 'blocks' }],
    },
  ]);
});

test.each([
  ['{', 'it is not valid JSON'],
  ['{"epic": {}}', 'run.json is not the outcome of an epic.'],
  [outcome('open', [{ ...cart, name: 'other' }]), 'run.json is the outcome of another plan.'],
])('an outcome that is none is refused: %s', (source, says) => {
  const { plan: shop } = readBeads(SHOP, 'issues.jsonl', 'x', undefined);
  expect(faultOf(() => readOutcome(source, 'run.json', shop))).toContain(says);
});
