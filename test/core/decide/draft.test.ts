/** The draft: an act is done once, by one orchestrator, and a look is repeated as early as anything needs it. */
import { describe, expect, test } from 'vitest';
import { Draft } from '../../../src/core/decide/draft.ts';
import type { Decision } from '../../../src/core/model/decision.ts';
import { issueNumber, pullNumber } from '../../../src/core/model/epic.ts';
import type { Act } from '../../../src/core/model/journal.ts';
import type { Performed, Snapshot } from '../../../src/core/model/snapshot.ts';
import { issue, rita, snapshot } from '../facts.ts';
import { authorisation, journal, later, NOW } from './records.ts';

const say: Extract<Decision, { key: string }> = {
  kind: 'say',
  key: 'hello',
  on: issueNumber(1),
  notice: { kind: 'help', to: 'ana' },
  reason: { kind: 'asked', by: 'ana' },
};
const other = { at: NOW, by: 'you', state: 'done', result: 3 } as const;

/** A draft of a started epic, with this act under the key `hello`, and how this process performed it, if it did. */
function draftWith(act?: Act, performed?: Performed, more: Partial<Snapshot> = {}): Draft {
  const acts = { other, ...(act ? { hello: act } : {}) };
  const seen = snapshot([], { now: later(19_999), performed: performed ? { hello: performed } : {}, ...more });
  return new Draft(seen, journal({ phase: 'running', authorisation: authorisation(), acts }));
}

/** Everything that asking once leaves on the draft, in milliseconds since `NOW`. */
const once = (draft: Draft) => ({
  state: draft.once(say),
  decided: draft.decisions.length,
  act: draft.journal.acts.hello,
  lookAgainMs: draft.lookAgainAt === undefined ? undefined : draft.lookAgainAt - NOW,
});

const intended = (by: string, at = NOW): Act => ({ at, by, state: 'intended' });
const unsure = { kind: 'unsure', message: '502' } as const;
const done = { kind: 'done' } as const;

describe('an act', () => {
  test.each<[string, ReturnType<typeof once>, ...Parameters<typeof draftWith>]>([
    [
      'is intended first, and looked at again after its grace',
      { state: 'under way', decided: 1, act: intended('me', later(19_999)), lookAgainMs: 39_999 },
    ],
    [
      'that is done is not repeated',
      { state: 'done', decided: 0, act: { ...other }, lookAgainMs: undefined },
      { ...other },
    ],
    [
      'that was refused is not repeated',
      { state: 'refused', decided: 0, act: { ...other, state: 'refused' }, lookAgainMs: undefined },
      { ...other, state: 'refused' },
    ],
    [
      'of another orchestrator is left to it until its grace is over',
      { state: 'under way', decided: 0, act: intended('you'), lookAgainMs: 20_000 },
      intended('you'),
    ],
    [
      'of another orchestrator is taken over after that',
      { state: 'under way', decided: 1, act: intended('me', later(20_000)), lookAgainMs: 40_000 },
      intended('you'),
      undefined,
      { now: later(20_000) },
    ],
    [
      'of its own that never happened is done at once, by the same intent',
      { state: 'under way', decided: 1, act: intended('me'), lookAgainMs: 39_999 },
      intended('me'),
    ],
    [
      'of its own that may have happened is left until its grace is over',
      { state: 'under way', decided: 0, act: intended('me'), lookAgainMs: 20_000 },
      intended('me'),
      unsure,
    ],
    [
      'of its own that may have happened is repeated after that, by a new intent',
      { state: 'under way', decided: 1, act: intended('me', later(20_000)), lookAgainMs: 40_000 },
      intended('me'),
      unsure,
      { now: later(20_000) },
    ],
    [
      'of its own that was performed, and is not seen, is repeated by a new intent',
      { state: 'under way', decided: 1, act: intended('me', later(19_999)), lookAgainMs: 39_999 },
      intended('me'),
      done,
    ],
  ])('%s', (_, expected, ...given) => {
    const draft = draftWith(...given);
    expect(once(draft)).toEqual(expected);
    expect(draft.journal.acts.other).toEqual(other);
  });

  test('that is decided twice in one look is decided once', () => {
    const draft = draftWith();
    expect([draft.once(say), draft.once(say), draft.once({ ...say, key: 'bye' })]).toEqual([
      'under way',
      'under way',
      'under way',
    ]);
    expect(draft.decisions.map((decision) => 'key' in decision && decision.key)).toEqual(['hello', 'bye']);
    expect(Object.keys(draft.journal.acts)).toEqual(['other', 'hello', 'bye']);
  });

  test('changes neither the journal that was read nor one that was taken from the draft before', () => {
    const read = journal({ authorisation: authorisation(), acts: { other } });
    const draft = new Draft(snapshot([]), read);
    draft.once(say);
    const between = draft.journal;
    draft.journal = { ...between, acts: { ...between.acts } };
    draft.once({ ...say, key: 'bye' });
    expect([read, between, draft.journal].map(({ acts }) => Object.keys(acts))).toEqual([
      ['other'],
      ['other', 'hello'],
      ['other', 'hello', 'bye'],
    ]);
  });
});

describe('an act before the start leaves the journal empty', () => {
  const before = (performed?: Performed, said = false) => {
    const seen = snapshot([], {
      performed: performed ? { hello: performed } : {},
      said: said ? { hello: { id: 7, body: '' } } : {},
    });
    const draft = new Draft(seen, journal());
    return { states: [draft.once(say), draft.once(say)], decided: draft.decisions.length, acts: draft.journal.acts };
  };
  test.each<[string, string, number, Performed | undefined, boolean]>([
    ['and is decided once', 'under way', 1, undefined, false],
    ['and is repeated if it may have happened', 'under way', 1, unsure, false],
    ['and is not repeated once it is performed', 'done', 0, done, false],
    ['and is not repeated once it is seen', 'done', 0, undefined, true],
    ['and is not repeated once it is refused', 'refused', 0, { kind: 'refused', status: 403, message: 'No' }, false],
  ])('%s', (_, state, decided, performed, said) => {
    expect(before(performed, said)).toEqual({ states: [state, state], decided, acts: {} });
  });
});

test('the earliest look wins', () => {
  const draft = draftWith();
  const looks = [5_000, 7_000, 5_000, 3_000, 4_000].map((ms) => {
    draft.lookAgain(ms);
    return (draft.lookAgainAt ?? 0) - draft.now;
  });
  expect(looks).toEqual([5_000, 5_000, 5_000, 3_000, 3_000]);
});

test('a line of history has the time of the look, and facts of its own', () => {
  const draft = draftWith();
  draft.record({ kind: 'CLOSED', segment: issueNumber(2), pull: pullNumber(102) });
  draft.record({ kind: 'STARTED' });
  expect(draft.history).toEqual([
    { at: later(19_999), kind: 'CLOSED', segment: 2, pull: 102 },
    { at: later(19_999), kind: 'STARTED' },
  ]);
});

test('the person to mention started the epic; before that, it is the author of the epic', () => {
  const epic = { ...issue(1), author: rita };
  expect(new Draft(snapshot([], { epic }), journal()).owner).toBe('rita');
  expect(
    new Draft(snapshot([], { epic }), journal({ authorisation: authorisation({ by: 'bob', byId: 999 }) })).owner,
  ).toBe('bob');
});
