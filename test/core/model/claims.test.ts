/** Segments that an epic has for itself (SPEC R3.8). */
import { expect, test } from 'vitest';
import { instant, issueNumber } from '../../../src/core/model/epic.ts';
import { claimsIn, holds } from '../../../src/core/model/journal/claims.ts';
import { emptyJournal, type Journal, type SegmentRecord } from '../../../src/core/model/journal.ts';
import { attempt, lost, NOW, recordWith } from '../decide/records.ts';

const DAY = 24 * 60 * 60_000;
const two = issueNumber(2);
const authorised = { segments: { 2: { digest: '', blockedBy: [], external: [] } } };
const journal = (record: SegmentRecord, change: Partial<Journal> = {}): Journal =>
  ({
    ...emptyJournal(issueNumber(1)),
    phase: 'running',
    authorisation: authorised,
    segments: { 2: record },
    ...change,
  }) as Journal;

test('a step claims the segments that it starts, and asks for those again that it retries (R3.8)', () => {
  const before = {
    ...emptyJournal(issueNumber(1)),
    segments: { 2: recordWith(2, [{ outcome: lost() }]), 3: recordWith(3, [{}]) },
  };
  const after = {
    ...before,
    segments: {
      ...before.segments,
      2: recordWith(2, [{ outcome: lost() }, {}]),
      4: recordWith(4, [{}]),
      5: recordWith(5, []),
    },
  };
  expect(claimsIn(before, after)).toEqual({ first: [4], again: [2] });
  expect(claimsIn(after, after)).toEqual({ first: [], again: [] });
});

test.each<[string, boolean, Journal, 'open' | 'closed', number]>([
  ['running, with an agent at work', true, journal(recordWith(2, [{}])), 'open', 0],
  ['running, between two attempts', true, journal(recordWith(2, [{ outcome: lost() }])), 'open', 0],
  ['paused', true, journal(recordWith(2, [{ outcome: lost() }]), { phase: 'paused' }), 'open', 0],
  ['cancelled, while its agent may be at work', true, journal(recordWith(2, [{}]), { phase: 'cancelled' }), 'open', 0],
  [
    'cancelled, once its agent is not',
    false,
    journal(recordWith(2, [{ outcome: lost() }]), { phase: 'cancelled' }),
    'open',
    0,
  ],
  ['finished', false, journal(recordWith(2, [{ outcome: lost() }]), { phase: 'finished' }), 'open', 0],
  ['closed, while its agent may be at work', true, journal(recordWith(2, [{}])), 'closed', DAY - 1],
  ['closed, a day after its agent started', false, journal(recordWith(2, [{}])), 'closed', DAY],
  [
    'without consent to the segment',
    false,
    journal(recordWith(2, [{ outcome: lost() }]), { authorisation: undefined } as never),
    'open',
    0,
  ],
  [
    'that skips it',
    false,
    journal(recordWith(2, [{ outcome: lost() }], { skipped: { by: 'ana', reason: '', at: NOW } })),
    'open',
    0,
  ],
])('an epic that is %s holds a segment: %s (R3.8)', (_, expected, of, issue, ms) => {
  expect(holds(of, two, issue, instant(attempt(2, 1).claimedAt + ms))).toBe(expected);
});

test('an epic of one segment holds it after its end, until its issue is closed (R3.8)', () => {
  const of = { ...journal(recordWith(2, [{ outcome: lost() }]), { phase: 'finished' }), epic: two };
  expect(holds(of, two, 'open', NOW)).toBe(true);
  expect(holds(of, two, 'closed', NOW)).toBe(false);
});
