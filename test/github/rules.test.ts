/** The methods by which a repository lets pull requests be merged, and what is wrong with the config's. */
import { describe, expect, test } from 'vitest';
import { type Config, METHODS, type MergeMethod } from '../../src/core/model/config.ts';
import { type Client, GitHubRefused } from '../../src/github/client.ts';
import { BranchRules, checkMethod, methodsIn } from '../../src/github/pulls/rules.ts';
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

describe('the rules of a branch', () => {
  const HERE = { owner: 'octo', name: 'shop' };
  const client = (answer: () => readonly object[]) => {
    const asked: string[] = [];
    const paginate = async (_: string, { branch }: { branch: string }) => {
      asked.push(branch);
      return answer();
    };
    return { rules: new BranchRules({ paginate } as never as Client, HERE), asked };
  };

  test.each<[readonly MergeMethod[] | 'queue', readonly object[]]>([
    [['squash', 'merge', 'rebase'], [{ type: 'deletion' }]],
    [['squash', 'rebase'], [{ type: 'required_linear_history' }]],
    [
      ['merge'],
      [
        { type: 'pull_request', parameters: { allowed_merge_methods: ['merge', 'rebase'] } },
        { type: 'pull_request', parameters: { allowed_merge_methods: ['merge'] } },
      ],
    ],
    ['queue', [{ type: 'required_linear_history' }, { type: 'merge_queue' }]],
  ])('allow %s', async (methods, rules) => {
    expect(await client(() => rules).rules.methods('main')).toEqual(methods);
  });

  test('are read once for each branch, whatever they are asked for', async () => {
    const { rules, asked } = client(() => []);
    await Promise.all([rules.methods('main'), rules.on('main'), rules.on('feat/a')]);
    expect(asked).toEqual(['main', 'feat/a']);
  });

  test('forbid nothing on a server that does not show them, and an outage is no answer', async () => {
    const refuses = (status: number) =>
      client(() => {
        throw new GitHubRefused('No', status);
      }).rules.methods('main');
    expect([await refuses(403), await refuses(404)]).toEqual([METHODS, METHODS]);
    await expect(refuses(500)).rejects.toThrow('No');
  });
});
