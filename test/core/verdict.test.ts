/** Whose approval of which commit counts (SPEC R6.2, R11.6; threats T38). */
import { describe, expect, it } from 'vitest';
import { approvers, rejection } from '../../src/core/decide/verdict.ts';
import { headSha, instant } from '../../src/core/model/epic.ts';
import { emptyRecord } from '../../src/core/model/journal.ts';
import type { Person } from '../../src/core/model/people.ts';
import type { Pull, Review } from '../../src/core/model/snapshot.ts';
import { pull } from './facts.ts';

const HEAD = headSha('a'.repeat(40));
const OLD = headSha('b'.repeat(40));
const AUTHOR = 50;

const person = (id: number, more: Partial<Person> = {}): Person => ({
  id,
  login: `p${id}`,
  kind: 'person',
  permission: 'write',
  ...more,
});
const review = (by: Person, state: Review['state'] = 'approved', head = HEAD): Review => ({
  id: `${by.id}-${state}`,
  by,
  state,
  head,
  at: instant(1),
  body: '',
  comments: [],
});
const withReviews = (...reviews: readonly Review[]): Pull =>
  pull(7, 'feat/cart', HEAD, { author: { id: AUTHOR, login: `p${AUTHOR}` }, reviews });

describe('who approved (R11.6)', () => {
  it.each<[string, readonly Review[], readonly string[]]>([
    ['nobody', [], []],
    ['somebody who may write', [review(person(1))], ['p1']],
    ['two people', [review(person(2)), review(person(1))], ['p1', 'p2']],
    ['one of them twice', [review(person(1)), review(person(1))], ['p1']],
    ['the author of the change', [review(person(AUTHOR))], []],
    ['the author under another login', [review(person(AUTHOR, { login: 'other' }))], []],
    ['a bot', [review(person(1, { kind: 'bot' }))], []],
    ['somebody who may only read', [review(person(1, { permission: 'read' }))], []],
    ['somebody who may only triage', [review(person(1, { permission: 'triage' }))], []],
    ['somebody, of the commit before', [review(person(1), 'approved', OLD)], []],
    ['somebody who then asked for changes', [review(person(1)), review(person(1), 'changes requested')], []],
    ['somebody whose approval was dismissed', [review(person(1), 'dismissed')], []],
    ['somebody who then only commented', [review(person(1)), review(person(1), 'commented')], ['p1']],
  ])('%s', (_, reviews, expected) => {
    expect(approvers(withReviews(...reviews), emptyRecord)).toEqual(expected);
  });

  it('by command, too: not the author, not of another commit, once with a review', () => {
    const said = (byId: number, head = HEAD) => ({ by: `p${byId}`, byId, at: instant(1), head });
    const record = { ...emptyRecord, approvals: [said(1), said(2, OLD), said(AUTHOR)] };
    expect(approvers(withReviews(review(person(1))), record)).toEqual(['p1']);
  });
});

it('a bot, the author and a stranger reject nothing', () => {
  const no = [person(1, { kind: 'bot' }), person(AUTHOR), person(2, { permission: 'read' })];
  expect(rejection(withReviews(...no.map((by) => review(by, 'changes requested'))), emptyRecord)).toBeUndefined();
  expect(rejection(withReviews(review(person(3), 'changes requested')), emptyRecord)?.by).toBe('p3');
});
