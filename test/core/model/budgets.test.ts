/** What a run may still cost (SPEC R5.13). */
import { expect, test } from 'vitest';
import type { SegmentSpec } from '../../../src/core/model/epic.ts';
import { epicBudget, leftUsd, segmentBudget } from '../../../src/core/model/journal/budgets.ts';
import { journal, lost, NOW, published, recordWith } from '../decide/records.ts';
import { config } from '../facts.ts';

const cost = (costUsd: number) => ({ outcome: published(2, 'a1', { costUsd }) });
const spent = { 2: recordWith(2, [cost(1), { outcome: lost() }, cost(2)]), 3: recordWith(3, [cost(4), {}]) };
const spec = (budgetUsd?: number) => ({ ...(budgetUsd === undefined ? {} : { budgetUsd }) }) as SegmentSpec;

test('an epic has spent what all attempts at all of its segments report', () => {
  const of = (epic: number | undefined, usd?: number) =>
    epicBudget(
      journal({ segments: spent, ...(usd === undefined ? {} : { budget: { by: 'ana', usd, at: NOW } }) }),
      config(epic === undefined ? {} : { budgetUsd: { epic } }),
    );
  expect(of(50)).toEqual({ of: 'epic', budgetUsd: 50, spentUsd: 7 });
  expect(of(50, 60)).toMatchObject({ budgetUsd: 60 });
  expect(of(70, 60)).toMatchObject({ budgetUsd: 70 });
  expect(of(undefined, 60)).toMatchObject({ budgetUsd: 60 });
  expect(of(undefined)).toBeUndefined();
});

test('a segment has spent what its attempts report since a person retried it', () => {
  const of = (forgiven: number, budgetUsd?: number) =>
    segmentBudget(spec(budgetUsd), { ...spent[2], forgiven }, config({ budgetUsd: { segment: 5 } }));
  expect(of(0)).toEqual({ of: 'segment', budgetUsd: 5, spentUsd: 3 });
  expect(of(2)).toMatchObject({ spentUsd: 2 });
  expect(of(3)).toMatchObject({ spentUsd: 0 });
  expect(of(0, 9)).toMatchObject({ budgetUsd: 9 });
  expect(segmentBudget(spec(), spent[2], config())).toBeUndefined();
});

test.each([
  [10, 4, 6],
  [10, 10, 0],
  [10, 12, 0],
  [0.3, 0.1 + 0.2 - 1e-9, 0],
])('of %d dollars, with %d spent, %d are left', (budgetUsd, spentUsd, left) => {
  expect(leftUsd({ of: 'epic', budgetUsd, spentUsd })).toBe(left);
});
