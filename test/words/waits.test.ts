import { expect, it } from 'vitest';
import { headSha, instant, issueNumber as issue, pullNumber } from '../../src/core/model/epic.ts';
import type { ReviewWait, WaitReason } from '../../src/core/model/progress.ts';
import { sayProgress } from '../../src/words/panel.ts';
import { mentions } from '../../src/words/voice.ts';

const REASONS: { readonly [Kind in WaitReason['kind']]: Extract<WaitReason, { kind: Kind }> } = {
  segment: { kind: 'segment', number: issue(14) },
  outside: { kind: 'outside', ref: 'octo/shop#9' },
  owned: { kind: 'owned', by: issue(9) },
  wave: { kind: 'wave', number: 2 },
  calibration: { kind: 'calibration', wave: 2 },
  overlap: { kind: 'overlap', number: issue(14) },
  cap: { kind: 'cap' },
  reviews: { kind: 'reviews' },
  turn: { kind: 'turn', number: issue(14) },
  'wave approval': { kind: 'wave approval', wave: 2 },
  paused: { kind: 'paused' },
  'base red': { kind: 'base red' },
  baseline: { kind: 'baseline' },
  'plan errors': { kind: 'plan errors' },
  'budget spent': { kind: 'budget spent' },
  'only wave': { kind: 'only wave', wave: 2 },
  later: { kind: 'later', until: instant(Date.UTC(2026, 11, 3, 14, 4, 1)) },
};

const said = (kind: WaitReason['kind']): string => sayProgress({ kind: 'waiting', for: [REASONS[kind]] }).current;

it('every reason to wait has words of its own, which fit a cell', () => {
  const kinds = Object.keys(REASONS) as WaitReason['kind'][];
  const texts = kinds.map(said);
  expect(new Set(texts).size).toBe(texts.length);
  for (const text of texts) {
    expect(text).toMatch(/^[^|\n]{2,100}$/);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  }
});

it.each([
  ['reviews', 'fewer pull requests in review (`max-in-review`)'],
  ['owned', 'epic #9, which has it'],
  ['plan errors', 'the errors in the plan to be fixed'],
  ['budget spent', 'a higher `budget.epic`; it is spent'],
  ['only wave', 'another `/swarm execute`: this one runs only wave 2'],
  ['later', 'its agent, which can be called again at 2026-12-03 14:05 UTC'],
] as const)('a segment that waits by %s reads as a sentence', (kind, text) => {
  expect(said(kind)).toBe(text);
});

const saidInReview = (wait: ReviewWait): string =>
  sayProgress({ kind: 'in review', pull: pullNumber(4), head: headSha('a'.repeat(40)), waits: [wait] }).current;

it.each<[ReviewWait, string]>([
  [{ kind: 'check', name: 'ci', state: 'failure' }, 'the failing check `ci`'],
  [{ kind: 'check', name: 'ci', state: 'pending' }, 'the check `ci` to end'],
  [{ kind: 'check', name: 'e2e', state: 'missing' }, 'the required check `e2e`, which nobody has reported'],
  [{ kind: 'held runs', workflows: ['ci'] }, 'somebody with write access to approve the run of `ci`'],
  [{ kind: 'held runs', workflows: ['ci', 'e2e'] }, 'somebody with write access to approve the runs of `ci` and `e2e`'],
  [
    { kind: 'review', of: 'code owners', from: ['olga', 'octo/pay'] },
    'a review by its code owners `olga` and `octo/pay`',
  ],
  [{ kind: 'review', of: 'code owners', from: [] }, 'a review by its code owners'],
  [{ kind: 'review', of: 'reviewers', from: [] }, 'a review that the branch rules ask for'],
  [{ kind: 'review', of: 'reviewers', from: ['bob'] }, 'a review that the branch rules ask for, by `bob`'],
  [{ kind: 'review', of: 'objectors', from: ['bob'] }, '`bob` to approve instead of requesting changes'],
  [{ kind: 'review', of: 'objectors', from: [] }, 'a reviewer to approve instead of requesting changes'],
])('a pull request that waits by %j reads as a sentence', (wait, text) => {
  expect(saidInReview(wait)).toBe(`PR #4 waits for ${text}`);
});

it.each([
  [['ana', 'octo/pay', 'ana'], '@ana @octo/pay '],
  [['octo/pay/all', 'a b', '../x', 'octo/<b>', '@ana', ''], ''],
])('%j are mentioned as %j', (names, text) => {
  expect(mentions(names)).toBe(text);
});
