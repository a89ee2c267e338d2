/** An epic with a block, before its segments have issues (SPEC R1.2, R1.8, R1.9). */
import { describe, expect, test } from 'vitest';
import { conflictsBefore, readEpic, withConflicts } from '../../../src/core/epic/block.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import { planEpic } from '../../../src/core/plan/planner.ts';
import { readBlock } from '../../../src/plans/block.ts';
import { planText } from '../../../src/words/plan.ts';
import { config } from '../facts.ts';
import { epic } from './shop.ts';

const FIRST = 2_000_000_000;

const blockOf = (...lines: readonly string[]) => {
  const block = readBlock(['```swarm', 'segments:', ...lines, '```'].join('\n'));
  if (!block) throw new Error('there is no block');
  return block;
};

const facts = { epic: epic(), issues: [], others: [], config: config(), fixes: {} };
const planOf = (...lines: readonly string[]) => planEpic({ ...facts, block: blockOf(...lines) });
const told = (...lines: readonly string[]) =>
  planOf(...lines).diagnostics.map(({ level, problem }) => ({ level, ...problem }));
const SCOPE = ', files: [x/**]';

describe('the segments of a block', () => {
  test('are planned in its order, with their names', () => {
    const plan = planOf(`  till: {title: Till, blocked-by: [cart]${SCOPE}}`, '  cart: {title: Cart, files: [src/**]}');
    expect(plan.source).toBe('block');
    expect(plan.names).toEqual({ [FIRST]: 'till', [FIRST + 1]: 'cart' });
    expect(plan.waves.map(({ tracks }) => tracks.flatMap(({ segments }) => segments))).toEqual([[FIRST + 1], [FIRST]]);
    expect(plan.segments.map(({ title, branch }) => `${title} ${branch}`)).toEqual([
      'Till feat/till',
      'Cart feat/cart',
    ]);
  });

  test('go by their names in everything that people read', () => {
    const text = planText(planOf(`  till: {title: Till, blocked-by: [cart]${SCOPE}}`, '  cart: {title: Cart}'), {
      url: '',
    });
    expect(text).toContain('| `till` `Till` | implementation | `cart` | `x/**` |');
    expect(text).toContain('n2000000001["cart"]');
    expect(text).toContain('- `till` `Till`: listed on line 3 of #1; files from line 3; waits for `cart` (line 3).');
    expect(text).not.toContain('#2000');
  });

  test('count instead of issues that are there', () => {
    const { segments } = readEpic({ ...facts, block: blockOf('  cart: {title: Cart}') });
    expect(segments.map(({ title }) => title)).toEqual(['Cart']);
  });

  test('that conflict are named by the later one, whichever says so', () => {
    const { segments } = blockOf(
      '  a: {title: A, conflicts-with: [c]}',
      '  b: {title: B}',
      '  c: {title: C, conflicts-with: [b]}',
    );
    const names = (index: number) => conflictsBefore(segments, index).map(({ name }) => name);
    expect([names(0), names(1), names(2)]).toEqual([[], [], ['a', 'b']]);
    const text = withConflicts('---\nslug: "c"\n---\n\nC\n', [issueNumber(7), issueNumber(8)]);
    expect(text).toBe('---\nconflicts-with: ["#7", "#8"]\nslug: "c"\n---\n\nC\n');
    const { overlaps } = planOf(
      '  a: {title: A, files: [a/**], conflicts-with: [b]}',
      '  b: {title: B, files: [b/**]}',
    );
    expect(overlaps).toEqual([{ a: FIRST, b: FIRST + 1, why: { kind: 'conflicts-with' } }]);
  });
});

describe('what is wrong', () => {
  const at = (line: number) => ({ at: { issue: 1, line } });
  test.each<[string, readonly string[], readonly object[]]>([
    [
      'with a value has the line of its key',
      ['  cart:', '    title: Cart', '    files: [x/**]', '    worker: implementer'],
      [{ level: 'error', kind: 'SPEC_VALUE', key: 'worker', ...at(6) }],
    ],
    [
      'with a glob has the line of the files',
      ['  cart:', '    title: Cart', '    files: [../x]'],
      [{ level: 'error', kind: 'BAD_GLOB', ...at(5) }],
    ],
    [
      'with a whole segment has its line',
      [`  cart: {title: Cart${SCOPE}}`, '  till:', '    title: Till'],
      [{ level: 'warning', kind: 'SCOPE_UNKNOWN', ...at(4) }],
    ],
    [
      'with a dependency in a text has the line of the text',
      ['  cart:', '    title: Cart', '    files: [x/**]', '    body: Depends on the legal team.'],
      [{ level: 'warning', kind: 'DEPENDENCY_UNREAD', ...at(6) }],
    ],
    [
      'with the order names the lines of the block',
      [`  a: {title: A, blocked-by: [b]${SCOPE}}`, '  b:', '    title: B', '    files: [b/**]', '    blocked-by: [a]'],
      [
        {
          level: 'error',
          kind: 'EPIC_CYCLE',
          links: [
            { from: FIRST, to: FIRST + 1, said: { kind: 'text', line: 3, text: 'blocked-by: b', of: 1 } },
            { from: FIRST + 1, to: FIRST, said: { kind: 'text', line: 7, text: 'blocked-by: a', of: 1 } },
          ],
        },
      ],
    ],
    [
      'with a segment that waits for itself, too',
      ['  a:', '    title: A', '    files: [x/**]', '    blocked-by: [a]'],
      [{ level: 'error', kind: 'SELF_DEPENDENCY', ...at(6), link: { said: { kind: 'text', line: 6 } } }],
    ],
    [
      'with a label that is Swarm’s own is an error',
      [`  a: {title: A, labels: [shop, "Swarm:Execute"]${SCOPE}}`],
      [{ level: 'error', kind: 'SPEC_VALUE', key: 'labels', value: 'Swarm:Execute', ...at(3) }],
    ],
    [
      'with two branches of one name is an error',
      [`  a: {title: A, slug: cart${SCOPE}}`, '  cart: {title: B, files: [y/**]}'],
      [{ level: 'error', kind: 'BRANCH_TAKEN', segments: [FIRST, FIRST + 1] }],
    ],
    [
      'with the block itself leaves no segments',
      ['  a: {titel: A}'],
      [
        { level: 'error', kind: 'BLOCK_INVALID', ...at(3), message: expect.stringContaining('is missing') },
        { level: 'error', kind: 'BLOCK_INVALID', ...at(3), message: expect.stringContaining('did you mean `title`?') },
      ],
    ],
  ])('%s', (_, lines, problems) => {
    expect(told(...lines)).toMatchObject(problems);
  });

  test('names segments, not numbers', () => {
    const plan = planOf(`  a: {title: A, blocked-by: [b]${SCOPE}}`, '  b: {title: B, blocked-by: [a], files: [y/**]}');
    expect(planText(plan, { url: '' })).toContain('The epic cannot be ordered: `a` → `b` → `a` wait for each other.');
  });

  test('a key that means nothing in an issue is a warning', () => {
    const block = readBlock('```swarm\nepic: {title: Shop}\nsegments: {a: {title: A, files: [x/**]}}\n```');
    const plan = planEpic({ ...facts, ...(block ? { block } : {}) });
    expect(plan.diagnostics).toMatchObject([
      { level: 'warning', problem: { kind: 'BLOCK_UNUSED', why: 'key', key: 'epic', ...at(2) } },
    ]);
  });
});
