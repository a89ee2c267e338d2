/** The reading report: one line for each issue, with every kind of place and every reason for leaving something out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IssueReading, Plan } from '../../src/core/model/plan.ts';
import type { Issue } from '../../src/core/model/snapshot.ts';
import { planEpic } from '../../src/core/plan/planner.ts';
import { planText } from '../../src/words/plan.ts';
import { readingLines, readingSection } from '../../src/words/readings.ts';
import { BODY_MAX } from '../../src/words/safe.ts';
import { below, epic } from '../core/epic/shop.ts';
import { config } from '../core/facts.ts';
import { nasty } from './nasty.ts';
import { outsideCode } from './rendered.ts';

const planOf = (issues: readonly Issue[], body = 'Build the shop.'): Plan =>
  planEpic({ epic: epic({ body }), issues, others: [], config: config(), fixes: {} });

const report = (issues: readonly Issue[], body?: string): readonly string[] => readingLines(planOf(issues, body));

const FULL = [
  '---',
  'worker: tests',
  'files: [a/**]',
  'depends-on: 3',
  'attempts: 2',
  'wroker: x',
  '---',
  'Do it.',
  'Depends on #3, octo/mail#4',
  '### Priority',
  'Must have',
  '## Done when',
  '- it works',
].join('\n');

describe('the reading report', () => {
  test('names the place of each thing, and what was left out (R1.9)', () => {
    const issues = [
      below(2, { title: 'The cart', body: FULL, labels: ['model:fast', 'worker:security'], blockedBy: [3] }),
      below(3, { title: 'Only words', body: 'Do something.' }),
    ];
    expect(report(issues)).toEqual([
      '#2 `The cart`: files from line 3; 1 criterion from line 13; waits for #3 ("Blocked by" link, line 4 and line 9) and `octo/mail#4` (line 9); worker `tests` (line 2); model `fast` (the label `model:fast`); priority `0` (`Must have`, the form\'s answer on line 11); overruled by the text: worker (the label `worker:security`); without effect in this version: attempts (line 5); not understood: line 6 (see the problems).',
    ]);
  });

  test('names the task list and the group that say something', () => {
    const issues = [
      below(2, { parent: 'none' }),
      below(3, { parent: 'none' }),
      below(8, { parent: 3, body: 'Change src/a.ts and\nsrc/b/c.ts.' }),
      below(9, { parent: 3, body: 'Words.' }),
    ];
    const body = '---\ncontext: docs/a.md\npriority: 0\n---\n- [ ] #2\n- [ ] #3 (depends on #2)';
    expect(report(issues, body)).toEqual([
      '#1 the epic: for all segments, context `docs/a.md` (line 2); without effect in an epic: priority (line 3).',
      '#2 `Segment 2`: listed on line 5 of #1; files from line 2.',
      '#8 `Segment 8`: files guessed from 1 path on line 1; waits for #2 (because its group #3 waits).',
      '#9 `Segment 9`: waits for #2 (because its group #3 waits).',
    ]);
  });

  test('says nothing of an issue with nothing but words', () => {
    expect(report([below(2, { body: 'Do something.' })])).toEqual([]);
    expect(planText(planOf([below(2, { body: 'Do something.' })]), { url: 'x' })).not.toContain('What Swarm read');
  });

  test('stands folded below a plan, for the segments of the plan’s wave', () => {
    const plan = planOf([below(2), below(3, { blockedBy: [2] })]);
    expect(planText(plan, { url: 'x' })).toContain(
      '\n\n<details><summary>What Swarm read, and from which line</summary>\n\n- #2 `Segment 2`: files from line 2.\n- #3 `Segment 3`: files from line 2; waits for #2 ("Blocked by" link).\n\n</details>',
    );
    expect(planText(plan, { url: 'x', wave: 2 })).not.toContain('- #2 `Segment 2`: files');
    expect(planText(plan, { url: 'x', wave: 2 })).toContain('- #3 `Segment 3`: files');
  });

  test('of a large epic is cut, says so, and takes no room from the rest of the plan', () => {
    const long = 'x'.repeat(60);
    const keys = ['persona', 'model', 'slug', 'scope', 'context'].map((key) => `${key}: ${long.slice(0, 39)}`);
    const body = (number: number): string => ['---', `files: [src/${number}/**]`, ...keys, '---', 'Do it.'].join('\n');
    const issues = Array.from({ length: 200 }, (_, at) => below(at + 2, { body: body(at), title: long }));
    const plan = planOf(issues);
    const text = planText(plan, { url: 'x' });
    const rest = planText({ ...plan, readings: {} }, { url: 'x' });
    expect(text.startsWith(rest)).toBe(true);
    expect(text.length).toBeLessThanOrEqual(BODY_MAX);
    const shown = text.match(/^- #\d+ `x+…`: files from line 2/gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(50);
    expect(text.slice(rest.length)).toContain(
      `\n- … and ${200 - shown} more issues. \`swarm plan --explain\` shows all of them.\n`,
    );
    expect(readingLines(plan)).toHaveLength(200);
  });

  test.each([0, 80, 130, 200, 400])('keeps within %i characters', (room) => {
    const plan = planOf([below(2), below(3, { body: FULL })]);
    const text = readingSection(plan, room);
    expect(text.length).toBeLessThanOrEqual(room);
    expect(text === '' || text.includes('- … and 1 more issue.')).toBe(room < 400 || text !== '');
  });

  test('shows other people’s words as inert as all others', () => {
    const wordsOf = (text: string): string => {
      const reading: IssueReading = {
        taken: [
          { what: 'model', value: text, said: `${text}.`, source: { kind: 'label', label: text } },
          { what: 'files', value: text, source: { kind: 'front matter', line: 2 } },
        ],
        passedOver: [{ what: 'worker', source: { kind: 'label', label: text }, why: 'overruled' }],
        linked: [],
        waits: [],
      };
      const plan = planOf([below(2, { title: text, body: 'Words.' })]);
      return outsideCode(readingSection({ ...plan, readings: { 2: reading } }, 10_000));
    };
    const plain = wordsOf('plain');
    expect(plain).toContain('#2 [code]: files from line 2; model [code] ([code], the label [code])');
    fc.assert(
      fc.property(nasty, (text) => {
        expect(wordsOf(text)).toBe(plain);
      }),
    );
  });
});
