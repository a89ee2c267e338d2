/** The methods by which a repository lets pull requests be merged, and what is wrong with the config's. */
import { describe, expect, test } from 'vitest';
import type { Config, MergeMethod } from '../../src/core/model/config.ts';
import { checkMethod, methodsIn } from '../../src/github/pulls/rules.ts';
import { config } from '../core/facts.ts';

test.each<[readonly MergeMethod[], boolean, boolean, boolean]>([
  [['squash', 'merge', 'rebase'], true, true, true],
  [['merge'], true, false, false],
  [['squash'], false, true, false],
  [['rebase'], false, false, true],
  [[], false, false, false],
])('settings allow %s', (allowed, mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed) => {
  expect(methodsIn({ mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed })).toEqual(allowed);
});

describe('a config', () => {
  const problem = (facts: object) => ({ kind: 'MERGE_METHOD', branch: 'main', ...facts });
  test.each<[string, readonly object[], Partial<Config>, readonly MergeMethod[]]>([
    ['without a method is fine where a squash is allowed', [], {}, ['squash', 'merge']],
    [
      'without a method gets the first that is allowed, and says so',
      [{ level: 'warning', problem: problem({ method: 'squash', allowed: ['merge', 'rebase'], taken: 'merge' }) }],
      {},
      ['merge', 'rebase'],
    ],
    [
      'without a method is wrong where none is allowed',
      [{ level: 'error', problem: problem({ method: 'squash', allowed: [] }) }],
      {},
      [],
    ],
    ['with a method that is allowed is fine', [], { mergeMethod: 'rebase' }, ['squash', 'rebase']],
    [
      'with a method that is not allowed is wrong',
      [{ level: 'error', problem: problem({ method: 'rebase', allowed: ['squash'] }) }],
      { mergeMethod: 'rebase' },
      ['squash'],
    ],
    ['whose people merge is fine with any method', [], { mergeMethod: 'rebase', merge: 'manual' }, ['squash']],
  ])('%s', (_, diagnostics, facts, allowed) => {
    expect(checkMethod(config(facts), 'main', allowed)).toEqual(diagnostics);
  });
});
